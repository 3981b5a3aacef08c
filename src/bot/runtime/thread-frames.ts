import type {
  Consultation,
  HostRequest,
  Invocation,
  PatternMatch,
  PatternParts
} from '../../engine';
import type { ErrorRecord, HttpCall, LogLine, MatcherRecord } from '../../protocol';

/**
 * What the main thread and the skill thread say to each other, as structured clones.
 *
 * A `load` is one version of one skill in the thread; the number is never used twice.
 */
export interface LoadFrame {
  type: 'load';
  load: number;
  skill: string;
  /** The file to begin with, as an absolute path. */
  entry: string;
  /** Its text, when it is not to be read from the file. */
  text?: string;
  /** The skill's section of the configuration. */
  config: Record<string, unknown>;
}

/** Calls a handler, or asks a function of its command record. */
export interface RunFrame {
  type: 'run';
  run: number;
  load: number;
  invocation: Invocation;
  /** Set to ask instead of to call. */
  question?: Consultation;
}

/** A pattern to be held against a text. */
export interface GuardedPattern {
  skill: string;
  parts: PatternParts;
}

/** The local files that were read, as absolute paths, each with a digest of what was read. */
export type FileDigests = Record<string, string>;

/** Everything the main thread may say. */
export type ThreadRequest =
  | LoadFrame
  | RunFrame
  /** Ends a load: its timers, requests and listeners. */
  | { type: 'dispose'; load: number }
  /** Tells a run that it is no longer waited for. */
  | { type: 'abort'; run: number; reason: string }
  | { type: 'match'; match: number; pattern: GuardedPattern; text: string }
  /** The answer to a `call`. */
  | { type: 'answer'; call: number; value?: unknown; error?: ErrorRecord }
  | { type: 'ping'; ping: number };

/** Everything the skill thread may say. */
export type ThreadEvent =
  | { type: 'ready' }
  | {
      type: 'loaded';
      load: number;
      matchers: MatcherRecord[];
      warnings: ErrorRecord[];
      files: FileDigests;
    }
  | { type: 'refused'; load: number; error: ErrorRecord; files: FileDigests }
  /** A skill asks the host for something; answered with `answer`. */
  | { type: 'call'; call: number; load: number; run?: number; request: HostRequest }
  | { type: 'log'; load: number; run?: number; line: LogLine }
  | { type: 'http'; load: number; run?: number; call: HttpCall }
  /** `value` is a webhook's answer, or what was asked. */
  | { type: 'done'; run: number; value?: unknown; error?: ErrorRecord }
  | { type: 'matched'; match: number; result?: PatternMatch; error?: ErrorRecord }
  /** Something was thrown where nobody waits for it. */
  | { type: 'stray'; load?: number; error: ErrorRecord }
  | { type: 'pong'; ping: number };

/** What a skill thread is told when it starts. */
export interface ThreadSettings {
  workspace: string;
  bot: { name: string; version: string };
}
