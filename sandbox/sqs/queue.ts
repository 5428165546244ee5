import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock';

/** What the template says of a queue. */
export type QueueSettings = {
  readonly name: string;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  /** Where a message goes when it has been received `maxReceiveCount` times without being deleted. */
  readonly redrive: { readonly deadLetters: Queue; readonly maxReceiveCount: number } | null;
};

/** A message as its receiver gets it. Times in milliseconds since 1970. */
export type Message = {
  readonly id: string;
  readonly body: string;
  readonly sentAt: number;
  readonly firstReceivedAt: number;
  readonly receiveCount: number;
  readonly receiptHandle: string;
};

type Stored = { -readonly [Key in keyof Message]: Message[Key] } & { visibleAt: number };

/** A standard queue with visibility timeout, receive count, retention and redrive. */
export class Queue {
  readonly #messages = new Map<string, Stored>();

  constructor(
    readonly settings: QueueSettings,
    private readonly clock: Clock,
  ) {}

  /** Ids of the messages that are in the queue, visible or not. */
  get messageIds(): string[] {
    return [...this.#messages.keys()];
  }

  /** How many messages a receiver could get now. */
  get visibleCount(): number {
    const now = this.clock.now();
    return [...this.#messages.values()].filter(({ visibleAt }) => visibleAt <= now).length;
  }

  /** When the oldest message was sent; null when the queue is empty. */
  get oldestSentAt(): number | null {
    const times = [...this.#messages.values()].map(({ sentAt }) => sentAt);
    return times.length === 0 ? null : Math.min(...times);
  }

  /**
   * Adds a message and answers its id. A message that comes from another queue keeps its id and, as in SQS, the time at
   * which it was first sent, so that it ends with the retention time counted from then.
   */
  send(body: string, id: string = randomUUID(), sentAt = this.clock.now()): string {
    const now = this.clock.now();
    this.#messages.set(id, {
      id,
      body,
      sentAt,
      firstReceivedAt: 0,
      receiveCount: 0,
      receiptHandle: '',
      visibleAt: now,
    });
    return id;
  }

  /** Receives up to `limit` visible messages, which then stay invisible for the visibility timeout. */
  receive(limit: number): Message[] {
    this.#expire();
    const now = this.clock.now();
    const visible = [...this.#messages.values()].filter(({ visibleAt }) => visibleAt <= now);
    return visible
      .filter((message) => !this.#redrive(message))
      .slice(0, limit)
      .map((message) => {
        message.receiveCount += 1;
        message.firstReceivedAt ||= now;
        message.receiptHandle = randomUUID();
        message.visibleAt = now + this.settings.visibilityTimeoutSeconds * 1000;
        return { ...message };
      });
  }

  /** Deletes the message that was received with `receiptHandle`; an outdated handle deletes nothing. */
  delete(receiptHandle: string): void {
    for (const message of this.#messages.values()) {
      if (message.receiptHandle === receiptHandle) this.#messages.delete(message.id);
    }
  }

  /** When the next invisible message becomes visible; null when the queue is empty. */
  nextVisibleAt(): number | null {
    const times = [...this.#messages.values()].map(({ visibleAt }) => visibleAt);
    return times.length === 0 ? null : Math.min(...times);
  }

  /**
   * Moves every message back to the queue it came from, as an operator does, and answers the new id of each by its old
   * one: SQS takes a redriven message for a new one.
   * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
   */
  redriveTo(source: Queue): Map<string, string> {
    this.#expire();
    const moved = [...this.#messages.values()].map(({ id, body }) => [id, source.send(body)] as const);
    this.#messages.clear();
    return new Map(moved);
  }

  #redrive(message: Stored): boolean {
    const { redrive } = this.settings;
    if (!redrive || message.receiveCount < redrive.maxReceiveCount) return false;
    this.#messages.delete(message.id);
    redrive.deadLetters.send(message.body, message.id, message.sentAt);
    return true;
  }

  #expire(): void {
    const oldest = this.clock.now() - this.settings.retentionSeconds * 1000;
    for (const message of this.#messages.values()) {
      if (message.sentAt < oldest) this.#messages.delete(message.id);
    }
  }
}
