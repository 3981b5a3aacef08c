import type { Consultation, HostRequest, Invocation } from '../../engine';
import type { ErrorRecord, HttpCall, LogLine, MatcherRecord } from '../../protocol';

/**
 * What the main thread and a skill thread say to each other, as structured clones.
 *
 * A `load` is one version of one skill in one thread; the number is never used twice. Loads and runs
 * are tasks: each is offered by its number in {@link Claims} before it is sent.
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
  /** The thread is for skills that keep nothing in variables; others are turned away. */
  shared: boolean;
  /** The files must still be as they were: this is the same version in another thread. */
  files?: FileDigests;
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
  /** The answer to a `call`. */
  | { type: 'answer'; call: number; value?: unknown; error?: ErrorRecord }
  | { type: 'ping'; ping: number };

/** Everything a skill thread may say. */
export type ThreadEvent =
  /** `thread` is the system's number for it, where known. */
  | { type: 'ready'; thread?: number }
  | {
      type: 'loaded';
      load: number;
      matchers: MatcherRecord[];
      warnings: ErrorRecord[];
      files: FileDigests;
      /** It may keep something from one call to the next. */
      keepsState: boolean;
    }
  | { type: 'refused'; load: number; error: ErrorRecord; files: FileDigests }
  /** It was not loaded: it keeps state and may not, or its files are not what they were. */
  | { type: 'turnedAway'; load: number; reason: 'state' | 'files' }
  /** A skill asks the host for something; answered with `answer`. */
  | { type: 'call'; call: number; load: number; run?: number; request: HostRequest }
  | { type: 'log'; load: number; run?: number; line: LogLine }
  | { type: 'http'; load: number; run?: number; call: HttpCall }
  /** `value` is a webhook's answer, or what was asked. */
  | { type: 'done'; run: number; value?: unknown; error?: ErrorRecord }
  /** More was said or logged than may be: what says it is over. */
  | { type: 'flood'; load: number; run?: number; error: ErrorRecord }
  /** Something was thrown where nobody waits for it. */
  | { type: 'stray'; load?: number; error: ErrorRecord }
  /** `external` is the memory outside of the heap, in bytes, which no limit of V8's holds. */
  | { type: 'pong'; ping: number; external: number };

/**
 * A frame as it goes over: those that go often as JSON, which costs half of what a structured clone
 * does. What JSON cannot hold is in none of these.
 */
export type OnTheWire<T> = T | string;

/** Reads a frame that went over. */
export function fromWire<T extends object>(frame: OnTheWire<T>): T {
  return typeof frame === 'string' ? (JSON.parse(frame) as T) : frame;
}

/** A request for a skill thread, ready to go over. */
export function requestToWire(request: ThreadRequest): OnTheWire<ThreadRequest> {
  return request.type === 'run' || request.type === 'answer' ? JSON.stringify(request) : request;
}

/** What skills ask for all the time, in words and numbers only. */
const OFTEN: ReadonlySet<string> = new Set(['say', 'memory.get']);

/** An event of a skill thread, ready to go over. */
export function eventToWire(event: ThreadEvent): OnTheWire<ThreadEvent> {
  const isPlain =
    (event.type === 'done' && event.value === undefined) ||
    (event.type === 'call' && OFTEN.has(event.request.method));
  return isPlain ? JSON.stringify(event) : event;
}

/** What a skill thread is told when it starts. */
export interface ThreadSettings {
  workspace: string;
  bot: { name: string; version: string };
}

/** The same, with what the two threads share. */
export interface ThreadData extends ThreadSettings {
  claims: SharedArrayBuffer;
}
