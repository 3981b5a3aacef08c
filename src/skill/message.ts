import type { Capture, ChatMessage, Span } from '../protocol';

/** What a pattern caught, in the form of JavaScript's own match result. */
export interface Match extends Array<string | undefined> {
  /** Where the match begins in the text. */
  index: number;
  input: string;
  /** What the named groups caught; undefined for one that took no part. */
  groups: Record<string, string | undefined>;
}

/** What a message needs from the host that runs the skill. */
export interface MessageHost {
  /** Says something in the room of the message. Resolves when it is sent. */
  respond(text: string): Promise<void>;
  /** Aborted when the run is stopped: at its deadline, or because the skill was replaced. */
  signal: AbortSignal;
}

/** What a person said, as a skill sees it. */
export class Message {
  /** What was said. */
  readonly text: string;
  /** What the person is called. */
  readonly user: string;
  /** Who the person is, whatever they are called. */
  readonly userId: string;
  readonly room: string;
  /** The name of the connector it came in by. */
  readonly connector: string;
  /** Its place in the bot's journal. */
  readonly seq: number;
  /** When the bot took it. */
  readonly time: Date;
  /**
   * What the pattern matched: `match[0]` is the whole, `match[1]` the first group, `match.groups.name`
   * a named one. With the condition `findall` this is the first place; {@link matches} has them all.
   */
  readonly match: Match;
  /** Every place that matched. */
  readonly matches: readonly Match[];
  /** Aborted when the run is stopped; hand it to `fetch` and the like. */
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

  /**
   * Answers in the room of the message.
   *
   * @param text - what to say; anything that is not a text is shown as JSON.
   *
   * @example
   * ```ts
   * await message.respond(`Hi ${message.user}`);
   * ```
   */
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
