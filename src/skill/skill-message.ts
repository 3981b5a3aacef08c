import type { Capture, ChatMessage, Span } from '../protocol';
import type { Match, Message } from './api';

/** What a message needs from the host that runs the skill. */
export interface MessageHost {
  /** Says something in the room of the message. Resolves when it is sent. */
  respond(text: string): Promise<void>;
  /** Aborted when the run is stopped: at its deadline, or because the skill was replaced. */
  signal: AbortSignal;
}

/** What a person said, as the host hands it to a skill. */
export class SkillMessage implements Message {
  readonly text: string;
  readonly user: string;
  readonly userId: string;
  readonly room: string;
  readonly connector: string;
  readonly seq: number;
  readonly time: Date;
  readonly match: Match;
  readonly matches: readonly Match[];
  readonly signal: AbortSignal;

  readonly #host: MessageHost;

  constructor(message: ChatMessage, spans: Span[], captures: Capture[], host: MessageHost) {
    this.text = message.text;
    this.user = message.user.name;
    this.userId = message.user.id;
    this.room = message.room;
    this.connector = message.connector;
    this.seq = message.seq;
    this.time = new Date(message.time);
    const groups = spans.length === 0 ? 0 : captures.length / spans.length;
    this.matches = spans.map((span, i) =>
      toMatch(message.text, span, captures.slice(i * groups, (i + 1) * groups))
    );
    this.match = this.matches[0]!;
    this.signal = host.signal;
    this.#host = host;
  }

  async respond(text: unknown): Promise<void> {
    await this.#host.respond(
      typeof text === 'string' ? text : (JSON.stringify(text) ?? String(text))
    );
  }
}

function toMatch(input: string, { start, end }: Span, captures: Capture[]): Match {
  const caught = captures.map(({ value }) => value ?? undefined);
  const groups: Match['groups'] = {};
  for (const { name, value } of captures) {
    // Alternatives may share a name; at most one of them took part.
    if (!/^\d/.test(name)) {
      groups[name] ??= value ?? undefined;
    }
  }
  return Object.assign([input.slice(start, end), ...caught], { index: start, input, groups });
}
