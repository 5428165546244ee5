import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Identity } from '../organization/identity';
import { type Asked, answerCall } from './answer-call';
import type { Fault, FaultSource } from './faults';
import type { Call, World } from './operation';
import { ServiceError } from './service-error';
import { SERVICES } from './services';
import { type Reply, type Request, readRequest, writeAnswer, writeError } from './wire';

/** What became of a call, for those who watch. */
export type Outcome = { readonly call: Call; readonly error: ServiceError | null; readonly fault: Fault | null };

/** What the endpoint needs besides the organization. */
export type EndpointOptions = {
  /** Who signs with which access key. */
  readonly identities: ReadonlyMap<string, Identity>;
  readonly faults: FaultSource;
  /** Told of every call that was recognised, before its answer is sent. */
  readonly onOutcome: (outcome: Outcome) => void;
};

/** AWS on loopback: one HTTP server for all services, which authorizes every call before it answers. */
export class Endpoint {
  readonly #server: Server;

  constructor(
    private readonly world: World,
    private readonly options: EndpointOptions,
  ) {
    this.#server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
      this.#answer(message, response).catch((error: unknown) => {
        this.world.journal.add({ kind: 'defect', text: `The local endpoint failed: ${error}` });
        response.destroy();
      });
    });
  }

  /** Starts listening on a free port and answers the URL. */
  async start(): Promise<string> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, '127.0.0.1', resolve);
    });
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Stops, breaking connections that are kept alive. */
  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request = await readRequest(message);
    const requestId = randomUUID();
    response.setHeader('x-amzn-requestid', requestId);
    // The SDK compares clocks; ours is not the machine's.
    response.setHeader('date', new Date(this.world.clock.now()).toUTCString());
    const service = SERVICES[request.service];
    const operation = service?.operations[request.operation];
    const identity = this.options.identities.get(request.accessKeyId);
    if (!service || !operation) {
      const text = `The sandbox does not know ${request.service}:${request.operation}: add it to sandbox/endpoint`;
      this.world.journal.add({ kind: 'defect', text });
      const error = new ServiceError('UnknownOperationException', text);
      return send(response, writeError(service?.protocol ?? 'json', error, requestId));
    }
    if (!identity) {
      const error = new ServiceError('InvalidClientTokenId', 'The security token in the request is invalid.', 403);
      return send(response, writeError(service.protocol, error, requestId));
    }
    return this.#serve({ service, operation, call: callOf(request, identity, requestId) }, response);
  }

  async #serve(asked: Asked, response: ServerResponse): Promise<void> {
    const { service, operation, call } = asked;
    const canBeStale = Boolean(operation.stale?.(call, this.world));
    const fault = this.options.faults.take(call, canBeStale);
    if (fault === 'timeout') {
      this.options.onOutcome({ call, fault, error: new ServiceError('TimeoutError', 'The sandbox does not answer.') });
      return;
    }
    const answer = await answerCall(asked, this.world, fault);
    const error = answer instanceof ServiceError ? answer : null;
    this.options.onOutcome({ call, fault, error });
    if (fault === 'lost') response.destroy();
    else if (error) send(response, writeError(service.protocol, error, call.requestId));
    else send(response, writeAnswer(service.protocol, call.operation, answer, call.requestId));
  }
}

function callOf({ accessKeyId: _, ...request }: Request, identity: Identity, requestId: string): Call {
  return { ...request, identity, caller: identity.caller, requestId };
}

function send(response: ServerResponse, { status, type, body }: Reply): void {
  response.writeHead(status, { 'content-type': type });
  response.end(body);
}
