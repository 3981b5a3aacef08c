import type { Invocation, Place } from '../../engine';
import type { Button } from '../../protocol';
import type {
  Content,
  EventInfo,
  Match,
  Message,
  Progress,
  QuestionOptions,
  Sent,
  Stream,
  WebhookRequest
} from '../api';
import type { AskHost } from '../skill-memory';
import { toHostContent } from './content';
import { toEntities, toMatches } from './match-result';
import { MessageProgress, MessageStream, SentMessage } from './sent-message';
import { PostedRequest } from './webhook-request';

/** How long a question waits when nobody says, in seconds. */
const QUESTION_TIMEOUT = 120;

/** What a message needs from the host that runs the skill. */
export interface MessageHost {
  ask: AskHost;
  /** Aborted when the run is stopped: at its deadline, or because the skill was replaced. */
  signal: AbortSignal;
}

/** What a handler is called with, apart from the skill it is of. */
export type Seen = Pick<Invocation, 'message' | 'text' | 'spans' | 'captures' | 'entities'>;

/** What a person said, as the host hands it to a skill. */
export class SkillMessage implements Message {
  readonly text: string;
  readonly user: string;
  readonly userId: string;
  readonly room: string;
  readonly connector: string;
  readonly seq: number;
  readonly time: Date;
  readonly thread?: number;
  readonly event: EventInfo;
  readonly request?: WebhookRequest;
  readonly match: Match;
  readonly matches: readonly Match[];
  readonly entities: Readonly<Record<string, any>>;
  readonly #host: MessageHost;
  readonly #ask: AskHost;
  readonly #person: Invocation['message']['user'];

  constructor({ message, text, spans, captures, entities }: Seen, host: MessageHost) {
    this.text = message.text;
    this.user = message.user.name;
    this.userId = message.user.id;
    this.room = message.room;
    this.connector = message.connector;
    this.seq = message.seq;
    this.time = new Date(message.time);
    this.event = message.event ?? { type: 'Message', data: {} };
    if (message.thread !== undefined) {
      this.thread = message.thread;
    }
    if (this.event.type === 'Webhook') {
      this.request = new PostedRequest(this.event.data);
    }
    this.matches = toMatches(text, spans, captures);
    this.match = this.matches[0] ?? Object.assign([], { index: 0, input: text, groups: {} });
    this.entities = toEntities(captures, spans.length, { ...message.entities, ...entities });
    this.#host = host;
    this.#ask = host.ask;
    this.#person = message.user;
  }

  get signal(): AbortSignal {
    return this.#host.signal;
  }

  entity(name: string): any {
    const value: unknown = this.entities[name];
    return Array.isArray(value) ? value[0] : value;
  }

  respond(content: Content): Promise<Sent> {
    return this.say(content, this.thread);
  }

  reply(content: Content): Promise<Sent> {
    return this.say(content, this.thread ?? this.seq);
  }

  react(emoji: string): Promise<boolean> {
    return this.#ask({ method: 'react', seq: this.seq, emoji, active: true });
  }

  async typing(active = true): Promise<void> {
    const { connector, room } = this;
    await this.#ask({ method: 'typing', place: { connector, room }, active });
  }

  async ask(question: Content, options: QuestionOptions = {}): Promise<string> {
    return String(await this.question('ask', question, options));
  }

  async confirm(question: Content, options: QuestionOptions = {}): Promise<boolean> {
    return (await this.question('confirm', question, options)) === true;
  }

  async choose(
    question: Content,
    choices: readonly string[] | Readonly<Record<string, string>>,
    options: QuestionOptions = {}
  ): Promise<string> {
    const buttons: Button[] = Array.isArray(choices)
      ? (choices as readonly string[]).map(value => ({ label: value, value }))
      : Object.entries(choices as Record<string, string>).map(([label, value]) => ({
          label,
          value
        }));
    return String(await this.question('choose', question, options, buttons));
  }

  async stream(source?: AsyncIterable<string> | Iterable<string>): Promise<Stream> {
    const seq = await this.#ask({
      method: 'say',
      ...this.answer(this.thread),
      content: { text: '' },
      streaming: true
    });
    const stream = new MessageStream(this.#ask, seq);
    if (source) {
      try {
        for await (const part of source) {
          // Not waited for: a source that is faster than the room is shown in larger parts.
          void stream.write(part);
        }
      } finally {
        await stream.end();
      }
    }
    return stream;
  }

  async progress(label: string): Promise<Progress> {
    const seq = await this.#ask({
      method: 'say',
      ...this.answer(this.thread),
      content: { text: '', blocks: [{ type: 'progress', label, state: 'running' }] }
    });
    return new MessageProgress(this.#ask, seq, label);
  }

  private async say(content: Content, thread: number | undefined): Promise<Sent> {
    const seq = await this.#ask({
      method: 'say',
      ...this.answer(thread),
      content: toHostContent(content)
    });
    return new SentMessage(this.#ask, seq);
  }

  private question(
    kind: 'ask' | 'confirm' | 'choose',
    question: Content,
    { timeout = QUESTION_TIMEOUT, cancelWords }: QuestionOptions,
    choices?: Button[]
  ): Promise<string | boolean> {
    const { connector, room, seq, thread } = this;
    return this.#ask({
      method: 'ask',
      kind,
      content: toHostContent(question),
      place: { connector, room },
      user: this.#person,
      answers: seq,
      timeout: timeout * 1000,
      ...(thread !== undefined && { thread }),
      ...(choices && { choices }),
      ...(cancelWords && { cancelWords: [...cancelWords] })
    });
  }

  /** What has no room, such as a schedule, speaks where the bot does by default. */
  private answer(thread: number | undefined): {
    place: Partial<Place>;
    answers?: number;
    thread?: number;
  } {
    const { connector, room, seq } = this;
    return room === ''
      ? { place: {} }
      : { place: { connector, room }, answers: seq, ...(thread !== undefined && { thread }) };
  }
}
