import type { Block } from './block';
import { Emitter } from './emitter';
import type { ErrorRecord } from './error-record';
import { createId } from './identifier';

/** Something said that the bot has not acknowledged yet. */
export interface PendingMessage {
  readonly id: string;
  readonly room: string;
  readonly text: string;
  /** The person to speak as, if another one. */
  readonly user?: { name: string };
  /** Files and pictures that go with it. */
  readonly blocks?: Block[];
  /** The message whose thread it belongs to. */
  readonly thread?: number;
  /** When it was said, in milliseconds since 1970. */
  readonly time: number;
  /**
   * `pending` until the bot answers; `delivered` when it took the message, `failed` when it did not;
   * `discarded` when the person gave it up.
   */
  readonly state: 'pending' | 'delivered' | 'failed' | 'discarded';
  /** Its place in the bot's journal, once delivered. */
  readonly seq?: number;
  /** Why the bot did not take it. */
  readonly error?: ErrorRecord;
}

/** What goes with a text that is said. */
export type SayOptions = Pick<PendingMessage, 'user' | 'blocks' | 'thread'>;

/** What was said and has not been acknowledged, in the order it was said. */
export class Outbox {
  /** A message was added, delivered, failed, revived or discarded; carries its newest form. */
  readonly changed = new Emitter<PendingMessage>();

  private readonly entries = new Map<string, PendingMessage>();
  private lastTime = 0;

  /** @param messages - what an earlier outbox could not deliver. */
  constructor(
    messages: readonly PendingMessage[] = [],
    private readonly now: () => number = Date.now
  ) {
    for (const message of messages) {
      this.entries.set(message.id, message);
    }
  }

  /** All messages that wait or failed, oldest first. */
  get messages(): readonly PendingMessage[] {
    return [...this.entries.values()];
  }

  add(message: Pick<PendingMessage, 'room' | 'text'> & SayOptions): PendingMessage {
    // Always later than the one before, so that whoever keeps them can tell their order.
    this.lastTime = Math.max(this.now(), this.lastTime + 1);
    return this.put({ ...message, id: createId(), time: this.lastTime, state: 'pending' });
  }

  /** The bot took it. */
  acknowledge(id: string, seq: number): void {
    const message = this.entries.get(id);
    if (message) {
      this.entries.delete(id);
      this.changed.emit({ ...message, state: 'delivered', seq });
    }
  }

  /** The bot did not take it. False when there is no such message. */
  fail(id: string, error: ErrorRecord): boolean {
    const message = this.entries.get(id);
    if (message) {
      this.put({ ...message, state: 'failed', error });
    }
    return message !== undefined;
  }

  /** Makes a failed message wait again, at the end of the line. */
  revive(id: string): PendingMessage | undefined {
    const message = this.entries.get(id);
    if (message?.state !== 'failed') {
      return undefined;
    }
    this.entries.delete(id);
    const { error: _, ...rest } = message;
    return this.put({ ...rest, state: 'pending' });
  }

  /** Gives up a message that failed. One that waits may be on its way, and cannot be taken back. */
  discard(id: string): void {
    const message = this.entries.get(id);
    if (message?.state === 'failed') {
      this.entries.delete(id);
      this.changed.emit({ ...message, state: 'discarded' });
    }
  }

  private put(message: PendingMessage): PendingMessage {
    this.entries.set(message.id, message);
    this.changed.emit(message);
    return message;
  }
}
