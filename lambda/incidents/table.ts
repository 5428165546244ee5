import {
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  type QueryCommandOutput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { attributesOf, expressed, type Item, itemOf } from './attributes';

/** Where an item is. */
export type Key = { readonly pk: string; readonly sk: string };

/** A change of one item. Names stand as `#name`, values as `:name`. */
export type Change = { readonly update: string; readonly condition?: string; readonly values: Item };

/**
 * The few operations that the incident store needs, on the table it is given. Reads of the table are consistent. Whatever
 * fails is thrown, but for a condition that does not hold: that is an answer.
 */
export class Table {
  constructor(
    private readonly client: DynamoDBClient,
    private readonly name: string,
  ) {}

  /** The item, or null. */
  async get(key: Key): Promise<Item | null> {
    const input = { TableName: this.name, Key: attributesOf(key), ConsistentRead: true };
    const { Item } = await this.client.send(new GetItemCommand(input));
    return Item ? itemOf(Item) : null;
  }

  /** Writes a whole item; false when the condition does not hold. */
  put(item: Item, condition: string, values: Item = {}): Promise<boolean> {
    const input = {
      TableName: this.name,
      Item: attributesOf(item),
      ConditionExpression: condition,
      ...expressed([condition], values),
    };
    return holds(this.client.send(new PutItemCommand(input))).then((answer) => answer !== null);
  }

  /** Changes an item, creating it when absent, and returns it as it is then; null when the condition does not hold. */
  async update(key: Key, { update, condition, values }: Change): Promise<Item | null> {
    const input = {
      TableName: this.name,
      Key: attributesOf(key),
      UpdateExpression: update,
      ConditionExpression: condition,
      ReturnValues: 'ALL_NEW' as const,
      ...expressed([update, condition ?? ''], values),
    };
    const answer = await holds(this.client.send(new UpdateItemCommand(input)));
    return answer && itemOf(answer.Attributes ?? {});
  }

  /** Pages of a query, until `enough` says so or there are no more. */
  async *pages(
    query: Omit<QueryCommandInput, 'TableName' | 'ExclusiveStartKey'>,
    values: Item,
  ): AsyncGenerator<Item[]> {
    const { KeyConditionExpression = '', FilterExpression = '', ProjectionExpression = '' } = query;
    const input: QueryCommandInput = {
      TableName: this.name,
      ConsistentRead: query.IndexName === undefined,
      ...query,
      ...expressed([KeyConditionExpression, FilterExpression, ProjectionExpression], values),
    };
    let start: QueryCommandInput['ExclusiveStartKey'];
    do {
      const answer: QueryCommandOutput = await this.client.send(
        new QueryCommand({ ...input, ExclusiveStartKey: start }),
      );
      yield (answer.Items ?? []).map(itemOf);
      start = answer.LastEvaluatedKey;
    } while (start);
  }
}

/** Null when the condition did not hold; everything else that fails is thrown. */
async function holds<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') {
      return null;
    }
    throw error;
  }
}
