import { DUE_INDEX } from '../../lambda/incidents/due';
import type { Clock } from '../clock';
import type { Table } from '../cloudformation/deployment';
import { type Item, readItem } from './attribute-value';
import { type Answer, LocalDynamoDb } from './local-dynamodb';

/**
 * How long an item outlives its time to live. DynamoDB deletes expired items within a few days, so a program that takes
 * them for gone is wrong.
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html
 */
const EXPIRY_LAG = 48 * 3_600_000;

/** How far a read that is not consistent may lag behind; AWS speaks of a fraction of a second. */
const LAG = 60_000;

/** How often expired items are looked for, in virtual time. */
const EXPIRY_PERIOD = 6 * 3_600_000;

/** The database of the local organization: dynalite in memory, with the tables of the template. */
export class Database {
  readonly #dynamoDb = new LocalDynamoDb();
  /** When each item was last written, by its table and key. */
  readonly #writtenAt = new Map<string, number>();
  #expiresNext: number;

  constructor(
    private readonly tables: ReadonlyMap<string, Table>,
    private readonly clock: Clock,
  ) {
    this.#expiresNext = clock.now() + EXPIRY_PERIOD;
  }

  /** Creates the tables. */
  async open(): Promise<void> {
    for (const { definition } of this.tables.values()) {
      await this.#dynamoDb.perform('CreateTable', definition);
      while (!(await this.#isActive(definition.TableName))) await new Promise(setImmediate);
    }
  }

  /** Performs an operation. Throws {@link ServiceError} as DynamoDB would. */
  async perform(operation: string, input: object): Promise<Answer> {
    if (this.clock.now() >= this.#expiresNext) await this.#expire();
    const answer = await this.#dynamoDb.perform(operation, input);
    const { TableName, Item, Key } = input as { TableName: string; Item?: unknown; Key?: unknown };
    if (operation === 'PutItem' || operation === 'UpdateItem') {
      this.#writtenAt.set(this.#keyOf(TableName, Item ?? Key), this.clock.now());
    }
    return answer;
  }

  /** Reads without what was written within the last minute. */
  async performLate(operation: string, input: object): Promise<Answer> {
    const { TableName } = input as { TableName: string };
    const answer = await this.perform(operation, { ...input, ...this.#withKeys(input) });
    const isOld = (item: unknown) => {
      const at = this.#writtenAt.get(this.#keyOf(TableName, item));
      return at === undefined || at <= this.clock.now() - LAG;
    };
    if (operation === 'GetItem') return isOld(answer.Item) ? answer : {};
    const items = (answer.Items as unknown[]).filter(isOld);
    return { ...answer, Items: items, Count: items.length };
  }

  /** What a read asks for, and the keys, by which its items are known. */
  #withKeys(input: object): object {
    const { TableName, ProjectionExpression, ExpressionAttributeNames } = input as {
      TableName: string;
      ProjectionExpression?: string;
      ExpressionAttributeNames?: Readonly<Record<string, string>>;
    };
    if (!ProjectionExpression) return {};
    const wanted = ProjectionExpression.split(',').map(
      (name) => ExpressionAttributeNames?.[name.trim()] ?? name.trim(),
    );
    const keys = (this.tables.get(TableName)?.definition.KeySchema ?? []).map(({ AttributeName }) => AttributeName);
    const missing = keys.filter((name) => !wanted.includes(name));
    return { ProjectionExpression: [ProjectionExpression, ...missing].join(', ') };
  }

  #keyOf(table: string, item: unknown): string {
    const { KeySchema = [] } = this.tables.get(table)?.definition ?? {};
    return JSON.stringify([table, ...KeySchema.map(({ AttributeName }) => Object(item)[AttributeName])]);
  }

  /** Every item of every table. */
  async items(): Promise<Item[]> {
    const all = [...this.tables.keys()].map((name) => this.#scan(name));
    return (await Promise.all(all)).flat();
  }

  /** When the next thing is due, in milliseconds since 1970; null when nothing ever is. */
  async firstDueAt(): Promise<number | null> {
    const times: number[] = [];
    for (const { definition } of this.tables.values()) {
      const indexes = (definition.GlobalSecondaryIndexes ?? []) as { readonly IndexName: string }[];
      if (!indexes.some(({ IndexName }) => IndexName === DUE_INDEX)) continue;
      const items = await this.#scan(definition.TableName, DUE_INDEX);
      times.push(...items.map(({ dueAt }) => Number(dueAt)).filter(Number.isFinite));
    }
    return times.length === 0 ? null : Math.min(...times);
  }

  async #scan(TableName: string, IndexName?: string): Promise<Item[]> {
    const items: Item[] = [];
    let ExclusiveStartKey: unknown;
    do {
      const page = await this.#dynamoDb.perform('Scan', { TableName, IndexName, ExclusiveStartKey });
      items.push(...(page.Items as unknown[]).map(readItem));
      ExclusiveStartKey = page.LastEvaluatedKey;
    } while (ExclusiveStartKey);
    return items;
  }

  async #expire(): Promise<void> {
    this.#expiresNext = this.clock.now() + EXPIRY_PERIOD;
    const oldest = (this.clock.now() - EXPIRY_LAG) / 1000;
    for (const { definition, expiresBy } of this.tables.values()) {
      const expired = (await this.items()).filter((item) => expiresBy && Number(item[expiresBy]) < oldest);
      for (const item of expired) {
        const Key = Object.fromEntries(
          definition.KeySchema.map(({ AttributeName }) => [AttributeName, { S: item[AttributeName] }]),
        );
        await this.#dynamoDb.perform('DeleteItem', { TableName: definition.TableName, Key });
      }
    }
  }

  async #isActive(TableName: string): Promise<boolean> {
    const { Table } = await this.#dynamoDb.perform('DescribeTable', { TableName });
    return Object(Table).TableStatus === 'ACTIVE';
  }
}
