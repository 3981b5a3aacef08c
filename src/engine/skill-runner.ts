import type {
  Capture,
  ChatMessage,
  Entity,
  ErrorRecord,
  HttpCall,
  LogLine,
  Span
} from '../protocol';
import type { HostAnswers, HostRequest } from './host-request';

/** One call of a skill's handler. */
export interface Invocation {
  skill: string;
  version: number;
  /** The matcher that won, by its id. */
  matcher: string;
  message: ChatMessage;
  /** What the spans belong to: the message's text, or the sentence it was read as. */
  text: string;
  spans: Span[];
  captures: Capture[];
  /** What a language service found in the text. */
  entities?: Record<string, Entity>;
}

/** What a run may do while it lasts. */
export interface RunContext {
  /** Asks the host for something. Rejects with a ChatOpsError when it cannot be had. */
  request<R extends HostRequest>(request: R): Promise<HostAnswers[R['method']]>;
  log(line: LogLine): void;
  http(call: HttpCall): void;
  /** Lets the next messages of the room go ahead, as this run is held up by something else. */
  release?(): void;
}

/** How a run ended. */
export type RunResult =
  /** What the handler returned, as far as it can be handed on. */
  { outcome: 'answered'; value?: unknown } | { outcome: 'failed' | 'stopped'; error: ErrorRecord };

/** What a function of the command record is asked about an invocation. */
export type Consultation =
  /** What to ask the user before the handler is called: a text, or nothing when it may be called. */
  | { about: 'confirm' }
  /** Whether a role may. */
  | { about: 'role'; role: string };

/**
 * Runs the handlers of skills: in the skill thread, in this process for what comes with ChatOps, or
 * anywhere else that can be told what to run.
 */
export interface SkillRunner {
  /** Calls a handler and waits for its end, however it ends; never rejects. */
  run(invocation: Invocation, context: RunContext): Promise<RunResult>;
  /** Calls a function of the command record. Rejects when it fails or takes too long. */
  consult?(invocation: Invocation, question: Consultation): Promise<unknown>;
}
