import { createHash } from 'node:crypto';
import type { Mapping } from '../cloudformation/deployment';
import type { Journal } from '../journal';
import { placeOf } from '../organization/place';
import type { Message, Queue } from '../sqs/queue';
import type { FunctionRuntime } from './function-process';

/** Lambda's poller of one queue: hands batches to the function and deletes what it handled. */
export class EventSourceMapping {
  readonly #runtimes: FunctionRuntime[] = [];

  constructor(
    private readonly mapping: Mapping,
    readonly queue: Queue,
    /** Starts a place to run the function in. */
    private readonly start: () => FunctionRuntime,
    private readonly journal: Journal,
  ) {}

  /** Handles everything that is visible now, as many batches at a time as the template says; false when there was nothing. */
  async poll(): Promise<boolean> {
    const workers = Array.from({ length: this.mapping.maxConcurrency }, (_, at) => this.#work(at));
    return (await Promise.all(workers)).some(Boolean);
  }

  /** Ends every place where the function runs. */
  async stop(): Promise<void> {
    await Promise.all(this.#runtimes.map((runtime) => runtime.stop()));
  }

  /** One of the workers; it starts its own runtime when it first has something to do. */
  async #work(at: number): Promise<boolean> {
    let hasWorked = false;
    for (let messages = this.#receive(); messages.length > 0; messages = this.#receive()) {
      this.#runtimes[at] ??= this.start();
      await this.#handle(messages, this.#runtimes[at]);
      hasWorked = true;
    }
    return hasWorked;
  }

  #receive(): Message[] {
    return this.queue.receive(this.mapping.batchSize);
  }

  async #handle(messages: readonly Message[], runtime: FunctionRuntime): Promise<void> {
    const Records = messages.map((message) => recordOf(message, this.mapping.queueArn));
    const invocation = await runtime.invoke({ Records });
    const failed = invocation.succeeded ? this.#failedItems(invocation.answer, messages) : messages.map(({ id }) => id);
    if (!invocation.succeeded) {
      this.journal.add({ kind: 'function-failed', messageIds: failed, reason: invocation.reason });
    }
    // What failed stays invisible until its visibility timeout is over, then it is received again.
    for (const { id, receiptHandle } of messages) if (!failed.includes(id)) this.queue.delete(receiptHandle);
  }

  /** An answer that names an unknown message, or is no answer of a batch at all, fails the whole batch. */
  #failedItems(answer: unknown, messages: readonly Message[]): string[] {
    if (!this.mapping.reportsFailedItems || answer === null) return [];
    const all = messages.map(({ id }) => id);
    const failures = Object(answer).batchItemFailures ?? [];
    if (!Array.isArray(failures)) return all;
    const failed = failures.map((failure) => String(Object(failure).itemIdentifier));
    return failed.every((id) => all.includes(id)) ? failed : all;
  }
}

/** A message in the shape that Lambda gives to functions. */
function recordOf(message: Message, queueArn: string) {
  return {
    messageId: message.id,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: 'AIDAEXAMPLEEVENTBRIDGE',
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    },
    messageAttributes: {},
    md5OfBody: createHash('md5').update(message.body).digest('hex'),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: placeOf(queueArn).region,
  };
}
