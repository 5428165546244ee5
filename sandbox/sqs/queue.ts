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

  /** Adds a message and answers its id; a message that was redriven keeps the one it had. */
  send(body: string, id: string = randomUUID()): string {
    const now = this.clock.now();
    this.#messages.set(id, {
      id,
      body,
      sentAt: now,
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

  #redrive(message: Stored): boolean {
    const { redrive } = this.settings;
    if (!redrive || message.receiveCount < redrive.maxReceiveCount) return false;
    this.#messages.delete(message.id);
    redrive.deadLetters.send(message.body, message.id);
    return true;
  }

  #expire(): void {
    const oldest = this.clock.now() - this.settings.retentionSeconds * 1000;
    for (const message of this.#messages.values()) {
      if (message.sentAt < oldest) this.#messages.delete(message.id);
    }
  }
}
