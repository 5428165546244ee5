import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import dynalite from 'dynalite';
import { hubTemplate, resourceOf } from '../lib/hub-template';

/** An item as tests look at it: values without their types. */
export type PlainItem = Readonly<Record<string, string | number | string[]>>;

/** One DynamoDB operation that was asked for, by name. */
export type Asked = string;

/** Synthesized once: a test file may open hundreds of tables. */
let definition: object | null = null;

function synthesizedDefinition(): object {
  const { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode } = resourceOf(
    hubTemplate(),
    'AWS::DynamoDB::GlobalTable',
    'Incidents',
  ).Properties;
  return { KeySchema, AttributeDefinitions, GlobalSecondaryIndexes, BillingMode };
}

/** A database on loopback with the table of the synthesized template. */
export class LocalTable {
  /** As CloudFormation would name it. */
  readonly name = 'TrailmendHub-IncidentsTable7D5FD327-LOCAL';
  /** Operations in the order in which they were asked for. */
  readonly asked: Asked[] = [];
  readonly #server: Server = dynalite({ createTableMs: 0 });
  client: DynamoDBClient | null = null;

  /** Where it listens, once it is open. */
  get endpoint(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Starts it and returns a client, which notes what it asks for in `asked`. */
  async open(): Promise<DynamoDBClient> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const client = new DynamoDBClient({
      endpoint: this.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
      maxAttempts: 1,
    });
    definition ??= synthesizedDefinition();
    await client.send(new CreateTableCommand({ TableName: this.name, ...definition } as CreateTableCommandInput));
    client.middlewareStack.add(
      (next, { commandName = '' }) =>
        (args) => {
          this.asked.push(commandName.replace(/Command$/, ''));
          return next(args);
        },
      { step: 'initialize', name: 'asked' },
    );
    this.client = client;
    return client;
  }

  /** Every item, without those that the test did not mean to see: `prefix` is how their partitions begin. */
  async items(prefix = ''): Promise<PlainItem[]> {
    const { Items = [] } = (await this.client?.send(new ScanCommand({ TableName: this.name }))) ?? {};
    this.asked.pop();
    return Items.map((item) =>
      Object.fromEntries(
        Object.entries(item).map(([name, { S, N, SS }]) => [name, S ?? (N ? Number(N) : [...(SS ?? [])].sort())]),
      ),
    )
      .filter(({ pk }) => String(pk).startsWith(prefix))
      .sort((one, other) => (`${one.pk}${one.sk}` < `${other.pk}${other.sk}` ? -1 : 1));
  }

  async close(): Promise<void> {
    this.client?.destroy();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
