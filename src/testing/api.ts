import type { BotMemory, Matched, Memory, OutgoingEvent } from '../skill';

/**
 * What a test works with, as types. They lead to nothing but the types of skills.
 *
 * @packageDocumentation
 */

/** A length of time: milliseconds, or words such as `5 minutes`, `2h` and `1 hour 30 minutes`. */
export type Duration = number | string;

/** A skill to be tested, with a name of its own choice. */
export interface NamedSkill {
  name: string;
  /** Its file or folder. */
  path?: string;
  /** Its source, as TypeScript or JavaScript. */
  source?: string;
  /** What its module exports, where the test has imported it itself. */
  exports?: Readonly<Record<string, unknown>>;
  /** Its section of the configuration. */
  config?: Readonly<Record<string, unknown>>;
}

/**
 * A skill to be tested: its file or folder, its name in the folder `skills`, its module as
 * `import * as` gives it, a matcher, or any of these with a name.
 */
export type SkillInput = string | NamedSkill | Matched | Readonly<Record<string, unknown>>;

/** A connector that is played. */
export interface ConnectorOptions {
  name: string;
  /** `text` for one that can show nothing else and cannot change what it has shown. */
  shows?: 'everything' | 'text';
  /** Where the bot speaks when nobody says where; `general` when absent. */
  defaultRoom?: string;
  /** False for one that believes whatever people say who they are. */
  identifies?: boolean;
  /** Seconds before each reply, and for each character of it. */
  delays?: { thinking?: number | readonly [from: number, to: number]; typing?: number };
  /** The ids of rooms that people know by another name. */
  rooms?: Readonly<Record<string, string>>;
}

/** What a tested bot is made of. */
export interface TestBotOptions {
  skills: readonly SkillInput[];
  /** The skills' sections of the configuration, by their names. */
  config?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Who holds which role. People can also be given roles by `chat.user('ann', { roles })`. */
  roles?: Readonly<Record<string, readonly string[]>>;
  /** The ways in and out; one named `test` that shows everything when absent. */
  connectors?: readonly ConnectorOptions[];
  /** Where the clock begins; Monday, 5 January 2026, 9:00 UTC when absent. */
  now?: Date | string | number;
  /** The zone of schedules that name none; UTC when absent. */
  timezone?: string;
  /** What the bot is called; `bot` when absent. */
  name?: string;
  /** The folder that paths of skills begin in; the current one when absent. */
  root?: string;
  /** Where random delays come from: a number from 0 up to and without 1. */
  random?: () => number;
}

/** Something that people see of the bot. */
export interface Reply {
  readonly seq: number;
  /** As it stands now: what was streamed or changed later included. */
  readonly text: string;
  readonly room: string;
  readonly connector: string;
  /** The skill that said it; nothing for what the bot itself says. */
  readonly skill: string | undefined;
  /** The parts it is made of, where it is more than text. */
  readonly blocks: readonly Readonly<Record<string, unknown>>[];
  /** What can be pressed. */
  readonly buttons: readonly string[];
  /** The `seq` of the message it answers. */
  readonly answers: number | undefined;
  /** The `seq` of the message whose thread it belongs to. */
  readonly thread: number | undefined;
  /** The code of the error it tells of. */
  readonly error: string | undefined;
  readonly deleted: boolean;
  readonly pinned: boolean;
  /** The emoji of reactions. */
  readonly reactions: readonly string[];
}

/** How what a person did was taken. */
export type Outcome =
  | 'unmatched'
  | 'answered'
  | 'asked'
  | 'answer'
  | 'refused'
  | 'failed'
  | 'stopped'
  | 'interrupted'
  /** It is still being worked on, as while a skill waits for an answer. */
  | 'pending';

/** Something a person did, and what came of it. */
export interface Turn {
  /** Its place in the bot's journal. */
  readonly seq: number;
  readonly replies: readonly Reply[];
  readonly outcome: Outcome;
  /** The skill that won. */
  readonly skill: string | undefined;
  /**
   * Every skill that was called: those for every event, those for this kind of event, the one that
   * won, and those for what is left over.
   */
  readonly called: readonly string[];
}

/** What is known about something that is said, from elsewhere. */
export interface Details {
  /** The `seq` of the message whose thread it belongs to. */
  thread?: number;
  /** Values by their names, as a connector or a button brings them. */
  entities?: Readonly<Record<string, unknown>>;
}

/** A person in a room. */
export interface Person {
  readonly name: string;
  readonly id: string;
  /** The same person in another room, or by another connector. */
  in(room: string, connector?: string): Person;
  /** Says something, and waits until the bot has done what it can do about it. */
  says(text: string, details?: Details): Promise<Turn>;
  /** Presses a button of the newest message here that has it, by its label or value. */
  presses(button: string): Promise<Turn>;
  /** Reacts to a message; to the newest of the bot when none is named. */
  reacts(emoji: string, seq?: number): Promise<Turn>;
  /** Changes what they said last, or the message named. */
  edits(text: string, seq?: number): Promise<Turn>;
  /** Brings any other event about, such as `new events.JoinRoom()`. */
  does(event: OutgoingEvent, details?: Details): Promise<Turn>;
  /** What the skill that is named remembers about this person. */
  memory(skill: string): Memory;
}

/** Time, which passes only by hand. */
export interface TestClock {
  now(): Date;
  /** Lets time pass, with everything that happens in it in its order. */
  advance(duration: Duration): Promise<void>;
  /** Lets time pass until then. */
  advanceTo(time: Date | string | number): Promise<void>;
}

/** An answer to a request: a text, anything that is sent as JSON, a `Response`, an error to fail with, or a function of the request. */
export type HttpAnswer = unknown;

/** A request that a skill made. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The outside world, which has only what a test puts there. */
export interface TestHttp {
  /** Every request so far, oldest first. */
  readonly requests: readonly HttpRequest[];
  /**
   * Answers requests.
   *
   * @param url - the address, with or without its query, or a pattern of it.
   * @param answers - given one after another; the last one again and again.
   */
  on(method: string, url: string | RegExp, ...answers: readonly HttpAnswer[]): void;
  get(url: string | RegExp, ...answers: readonly HttpAnswer[]): void;
  post(url: string | RegExp, ...answers: readonly HttpAnswer[]): void;
  put(url: string | RegExp, ...answers: readonly HttpAnswer[]): void;
  delete(url: string | RegExp, ...answers: readonly HttpAnswer[]): void;
}

/** What is posted to a webhook. */
export interface WebhookCall {
  /** Which skill's, where several have one of this path. */
  skill?: string;
  /** Sent as JSON. */
  json?: unknown;
  body?: string;
  headers?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
}

/** What a webhook's caller gets. */
export interface WebhookAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  json(): any;
}

/** A matcher that matched a text. */
export interface ExplainedCandidate {
  readonly skill: string;
  readonly matcher: string;
  /** What matched, as its author would recognise it. */
  readonly pattern: string;
  readonly score: number;
  /** The part of the text that matched. */
  readonly matched: string;
  readonly captures: Readonly<Record<string, string | null>>;
  /** Why it could not win. */
  readonly excluded: string | undefined;
}

/** What the bot would do with a text, and why. */
export interface Explanation {
  /** The skill that would win. */
  readonly skill: string | undefined;
  readonly matcher: string | undefined;
  readonly outcome: Outcome;
  /** Why the one who asks may not. */
  readonly refusal: string | undefined;
  /** What may have been meant, when nothing matches. */
  readonly suggestions: readonly string[];
  /** Everything that matches, best first. */
  readonly candidates: readonly ExplainedCandidate[];
  /** All of it in words. */
  toString(): string;
}

/** What a reply is expected to be: its text, a pattern of it, or anything a function says. */
export type Expected = string | RegExp | ((reply: Reply) => boolean);

/** A bot in a test: the real engine and the real skills, without ports and without real time. */
export interface TestBot {
  /** Resolves when the skills are loaded. Rejects with what is wrong with them. */
  readonly ready: Promise<void>;
  readonly clock: TestClock;
  readonly http: TestHttp;
  /** What the bot said since somebody last did something. */
  readonly replies: readonly Reply[];
  /** The same as texts. */
  readonly texts: readonly string[];
  /** Lines that skills have logged. */
  readonly logs: readonly string[];
  /** What went wrong outside of any message, such as a schedule that was missed. */
  readonly troubles: readonly string[];
  /** A person; the same one for the same name. */
  user(name: string, options?: { id?: string; roles?: readonly string[] }): Person;
  /** Calls a webhook by its path. */
  webhook(path: string, call?: WebhookCall): Promise<WebhookAnswer>;
  /** Lets an event come in that nobody in particular brought about. */
  fire(event: OutgoingEvent, place?: { room?: string; connector?: string }): Promise<Turn>;
  /** What would be done with a text; nothing happens. */
  explain(
    text: string,
    options?: { user?: string; room?: string; connector?: string }
  ): Promise<Explanation>;
  /** What a skill remembers; what all skills share when none is named. */
  memory(skill: string): BotMemory;
  memory(): Memory;
  /** Puts another version of a skill into force. */
  reload(skill: SkillInput): Promise<void>;
  /** Ends the bot and starts it again with all that it has kept. */
  restart(): Promise<void>;
  /** The whole conversation so far, as text. */
  transcript(): string;
  /** The conversation so far, as the source of a test. */
  toTest(options?: RecordingOptions): string;
  /** @throws AssertionError unless a reply is as expected. */
  expectReply(expected?: Expected): Reply;
  /** @throws AssertionError unless the replies are exactly as expected, in this order. */
  expectReplies(expected: readonly Expected[]): void;
  /** @throws AssertionError when there is a reply. */
  expectNoReply(): void;
  /** @throws AssertionError unless this skill took what was said last. */
  expectSkill(name: string | undefined): void;
  /** @throws AssertionError unless what was done last ended so. */
  expectOutcome(outcome: Outcome): void;
  /** Ends the bot. A bot that is not closed keeps nothing alive either. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A message of a conversation, as the bot's journal and the panel know it. */
export interface RecordedMessage {
  readonly seq: number;
  readonly room: string;
  readonly connector: string;
  readonly user: { readonly id: string; readonly name: string; readonly bot?: boolean | undefined };
  readonly text: string;
  readonly time: number;
  readonly event?:
    | {
        readonly type: string;
        readonly data: Readonly<Record<string, unknown>>;
        readonly target?: number | undefined;
      }
    | undefined;
  readonly blocks?: readonly { readonly type: string }[] | undefined;
  readonly answers?: number | undefined;
  readonly thread?: number | undefined;
  readonly skill?: string | undefined;
  readonly notice?: string | undefined;
  readonly deleted?: boolean | undefined;
}

/** How a recorded conversation becomes a test. */
export interface RecordingOptions {
  /** What the test is called. */
  name?: string;
  /** The skills it needs; those that took part when absent. */
  skills?: readonly string[];
  /** Where `test` comes from; `node:test` when absent. */
  framework?: 'node:test' | 'vitest';
}
