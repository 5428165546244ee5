import { EventEmitter } from 'node:events';
import dynalite from 'dynalite';
import { ServiceError } from '../endpoint/service-error';

/** What an operation of DynamoDB answers. */
export type Answer = Readonly<Record<string, unknown>>;

/** dynalite, asked without a socket between. Nothing needs to be closed: it is all in memory. */
export class LocalDynamoDb {
  readonly #dynalite = dynalite({ createTableMs: 0 });

  /** Performs an operation. Throws {@link ServiceError} as DynamoDB would. */
  perform(operation: string, input: object): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const request = Object.assign(new EventEmitter(), { method: 'POST', url: '/', headers: headersOf(operation) });
      const response = {
        statusCode: 200,
        setHeader: () => {},
        end: (body: string) => {
          const answer = JSON.parse(body);
          if (response.statusCode === 200) resolve(answer);
          else reject(errorOf(answer, response.statusCode));
        },
      };
      this.#dynalite.emit('request', request, response);
      request.emit('data', Buffer.from(JSON.stringify(input)));
      request.emit('end');
    });
  }
}

function headersOf(operation: string) {
  return {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': `DynamoDB_20120810.${operation}`,
    'x-amz-date': '20261102T030405Z',
    // Whoever calls has been authorized already; dynalite only wants to see a signature.
    authorization: 'AWS4-HMAC-SHA256 Credential=sandbox, SignedHeaders=host, Signature=sandbox',
  };
}

function errorOf({ __type = '', message, Message }: Record<string, string>, status: number): ServiceError {
  return new ServiceError(__type.split('#').at(-1) ?? '', message ?? Message ?? '', status);
}
