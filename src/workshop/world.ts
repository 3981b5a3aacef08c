import type { ChatMessage, ErrorRecord, Handled, SkillRecord, Trace } from '../protocol';

/** Something that was said, or happened, and what came of it. */
export interface Exchange {
  readonly message: ChatMessage;
  readonly handled: Handled | undefined;
  readonly replies: readonly ChatMessage[];
  readonly trace: Trace | undefined;
}

/** A skill was loaded. */
export interface SkillEvent {
  readonly skill: string;
  /** Such as `cell` or `file`. */
  readonly cause: string;
  readonly failed: boolean;
  /** The code of what keeps its newest version from being live. */
  readonly error?: string;
}

/** What came of running a file of tests. */
export interface TestRun {
  passed: number;
  failed: number;
  /** What the first failure says, or why nothing could be run. */
  problem?: string;
}

/** What a step's conditions look at, from the moment the step was begun. */
export interface World {
  readonly exchanges: readonly Exchange[];
  /** What the bot said without being asked. */
  readonly posts: readonly ChatMessage[];
  /** Texts about which someone asked why. */
  readonly looks: readonly string[];
  readonly changes: readonly SkillEvent[];
  /** Answers to questions, by the question's id. */
  readonly answers: Readonly<Record<string, string>>;
  readonly skills: readonly SkillRecord[];
  /** The configuration in force, with variables put in, and what is wrong with its file. */
  readonly configuration: { readonly value: unknown; readonly errors: readonly ErrorRecord[] };
  /** Connectors that are connected. */
  readonly connectors: readonly string[];
  /** The learner's name. */
  readonly learner: string;
  /** People of the workshop who are no learners. */
  readonly cast: readonly string[];
  /** Steps that are done, and those that stand before this one. */
  readonly done: readonly string[];
  readonly earlier: readonly string[];
  /** The text of a file of the workspace; nothing where there is none. */
  file(path: string): Promise<string | undefined>;
  /** What the bot would do with a text, without doing it. */
  explain(text: string, as?: string): Promise<Trace>;
  /** Runs a file of tests, perhaps with other sources in the place of skills. */
  test(path: string, instead: Readonly<Record<string, string>>): Promise<TestRun>;
}
