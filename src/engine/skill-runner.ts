import type { Capture, ChatMessage, ErrorRecord, HttpCall, LogLine, Span } from '../protocol';

/** One call of a skill's handler. */
export interface Invocation {
  skill: string;
  version: number;
  /** The matcher that won, by its id. */
  matcher: string;
  message: ChatMessage;
  spans: Span[];
  captures: Capture[];
}

/** What a run may do while it lasts. */
export interface RunContext {
  /** Says something in the room of the message, as an answer to it. Resolves when it is sent. */
  respond(text: string): Promise<ChatMessage>;
  log(line: LogLine): void;
  http(call: HttpCall): void;
}

/** How a run ended. */
export type RunResult =
  { outcome: 'answered' } | { outcome: 'failed' | 'stopped'; error: ErrorRecord };

/**
 * Runs the handlers of skills: in the skill thread, in this process for what comes with ChatOps, or
 * anywhere else that can be told what to run.
 */
export interface SkillRunner {
  /** Calls a handler and waits for its end, however it ends; never rejects. */
  run(invocation: Invocation, context: RunContext): Promise<RunResult>;
}
