import type { Content, Progress, Sent, Stream } from './content';

/** What a pattern caught, in the form of JavaScript's own match result. */
export interface Match extends Array<string | undefined> {
  /** Where the match begins in the text. */
  index: number;
  /** The whole text. */
  input: string;
  /** What the named groups caught; undefined for one that took no part. */
  groups: Record<string, string | undefined>;
}

/** What happened, besides or instead of something being said. */
export interface EventInfo {
  /** Such as `Message`, `Reaction` or `JoinRoom`. */
  readonly type: string;
  /** What belongs to this kind of event: a reaction's `emoji`, a room's `name`. */
  readonly data: Readonly<Record<string, unknown>>;
  /** The `seq` of the message it is about. */
  readonly target?: number;
}

/** What was posted to a webhook. */
export interface WebhookRequest {
  readonly method: string;
  /** By their names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  /** The body as text. */
  readonly body: string;
  /** The body as JSON. @throws SyntaxError when it is none. */
  json(): any;
  /** The fields of a form, as browsers and many services send them. */
  form(): Record<string, string>;
  /** The body as it came. */
  bytes(): Uint8Array;
}

/** How a question waits for its answer. */
export interface QuestionOptions {
  /** How long, in seconds; two minutes when absent. Then the question rejects with `CHATOPS_QUESTION_TIMEOUT`. */
  timeout?: number;
  /** Words that call it off; `cancel` and its like when absent. Then it rejects with `CHATOPS_QUESTION_CANCELLED`. */
  cancelWords?: readonly string[];
}

/** What a person said, or what happened, and how to answer it. */
export interface Message {
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
  /** The `seq` of the message whose thread it belongs to. */
  readonly thread?: number;
  /** What kind of event it is. */
  readonly event: EventInfo;
  /** What was posted, when it is a webhook. */
  readonly request?: WebhookRequest;
  /**
   * What the pattern matched: `match[0]` is the whole, `match[1]` the first group,
   * `match.groups.name` a named one. With the condition `findall` this is the first place;
   * {@link matches} has them all.
   */
  readonly match: Match;
  /** Every place that matched. */
  readonly matches: readonly Match[];
  /**
   * What is known about the message, by name: named groups, fields of a format as numbers or as dates
   * in ISO 8601, and what a language service found. Several values of one name are a list.
   */
  readonly entities: Readonly<Record<string, any>>;
  /** The first value of an entity. */
  entity(name: string): any;
  /** Aborted when the run is stopped; hand it to whatever takes a signal. `fetch` has it already. */
  readonly signal: AbortSignal;
  /**
   * Answers in the room of the message; what has no room, such as a schedule, speaks in the default room.
   *
   * @param content - what to say; anything that is neither text nor a part is shown as JSON.
   *
   * @example
   * ```ts
   * await message.respond(`Hi ${message.user}`);
   * ```
   */
  respond(content: Content): Promise<Sent>;
  /** Answers in the message's own thread. */
  reply(content: Content): Promise<Sent>;
  /** Adds a reaction to the message. False when the connector cannot show it. */
  react(emoji: string): Promise<boolean>;
  /** Shows that the bot is writing, or no longer. */
  typing(active?: boolean): Promise<void>;
  /**
   * Asks the person something and waits for what they say next in this room. Nobody else can answer.
   *
   * @example
   * ```ts
   * const name = await message.ask('What shall it be called?');
   * ```
   */
  ask(question: Content, options?: QuestionOptions): Promise<string>;
  /** Asks for a yes or a no. */
  confirm(question: Content, options?: QuestionOptions): Promise<boolean>;
  /**
   * Offers a choice.
   *
   * @param choices - values, or labels with their values.
   * @returns the value that was chosen.
   */
  choose(
    question: Content,
    choices: readonly string[] | Readonly<Record<string, string>>,
    options?: QuestionOptions
  ): Promise<string>;
  /**
   * Answers with a text that grows. Given a source it is written to the end of that.
   *
   * @example
   * ```ts
   * await message.stream(tokens);
   * ```
   */
  stream(): Promise<Stream>;
  stream(source: AsyncIterable<string> | Iterable<string>): Promise<Stream>;
  /** Answers with something that goes on, and shows how far it is. */
  progress(label: string): Promise<Progress>;
}
