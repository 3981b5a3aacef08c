import type { Content, Progress, Sent, Stream } from '../api';
import type { AskHost } from '../skill-memory';
import { toHostContent } from './content';

/** A message that was said, as the host knows it. */
export class SentMessage implements Sent {
  constructor(
    private readonly ask: AskHost,
    readonly seq: number
  ) {}

  async update(content: Content): Promise<void> {
    const { text, blocks = [] } = toHostContent(content);
    await this.ask({
      method: 'update',
      seq: this.seq,
      patch: { text, blocks },
      edit: true
    });
  }

  async delete(): Promise<void> {
    await this.ask({
      method: 'update',
      seq: this.seq,
      patch: { text: '', blocks: [], deleted: true }
    });
  }

  react(emoji: string): Promise<boolean> {
    return this.ask({ method: 'react', seq: this.seq, emoji, active: true });
  }

  async pin(): Promise<void> {
    await this.ask({ method: 'update', seq: this.seq, patch: { pinned: true } });
  }

  async unpin(): Promise<void> {
    await this.ask({ method: 'update', seq: this.seq, patch: { pinned: false } });
  }
}

/** A text that grows: what is written while an earlier part is on its way goes out together with the next. */
export class MessageStream implements Stream {
  private text = '';
  private sending: Promise<unknown> = Promise.resolve();
  private waiting: Promise<void> | undefined;
  /** Why a part could not be shown. */
  private failure: { error: unknown } | undefined;

  constructor(
    private readonly ask: AskHost,
    readonly seq: number
  ) {}

  write(text: string): Promise<void> {
    this.text += text;
    this.waiting ??= this.sending.then(() => {
      this.waiting = undefined;
      const sent = this.send(true);
      this.sending = sent.catch(() => undefined);
      return sent;
    });
    // Who does not wait for it is told by `end`.
    this.waiting.catch(error => (this.failure ??= { error: error as unknown }));
    return this.waiting;
  }

  async end(text = ''): Promise<void> {
    this.text += text;
    await this.waiting?.catch(() => undefined);
    await this.sending;
    if (this.failure) {
      throw this.failure.error;
    }
    await this.send(false);
  }

  private async send(streaming: boolean): Promise<void> {
    await this.ask({ method: 'update', seq: this.seq, patch: { text: this.text, streaming } });
  }
}

/** Work that is shown while it goes on. */
export class MessageProgress implements Progress {
  constructor(
    private readonly ask: AskHost,
    readonly seq: number,
    private label: string
  ) {}

  update(value?: number, label = this.label): Promise<void> {
    return this.show('running', label, value === undefined ? undefined : clamp(value));
  }

  done(label = this.label): Promise<void> {
    return this.show('done', label, 1);
  }

  fail(label = this.label): Promise<void> {
    return this.show('failed', label, undefined);
  }

  private async show(
    state: 'running' | 'done' | 'failed',
    label: string,
    value: number | undefined
  ): Promise<void> {
    this.label = label;
    const block = {
      type: 'progress' as const,
      label,
      state,
      ...(value !== undefined && { value })
    };
    await this.ask({ method: 'update', seq: this.seq, patch: { blocks: [block] } });
  }
}

function clamp(value: number): number {
  return Math.min(1, Math.max(0, value));
}
