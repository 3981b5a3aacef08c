/**
 * The messages of the Debug Adapter Protocol that a Jupyter front end sends and gets.
 *
 * Sources: “Debug Adapter Protocol”, and Jupyter's additions to it in “Messaging in Jupyter”, “Debug
 * request”, jupyter_client's documentation.
 */
export interface DebugRequest {
  seq: number;
  command: string;
  arguments: Record<string, unknown>;
}

/** A place where code is to stop; lines count from 1. */
export interface Breakpoint {
  id: number;
  verified: boolean;
  line: number;
  source: { path: string };
}

/** One call of a stack that stands still. */
export interface StackFrame {
  id: number;
  name: string;
  source?: { name: string; path: string };
  line: number;
  column: number;
}

/** A group of variables. */
export interface Scope {
  name: string;
  variablesReference: number;
  expensive: boolean;
}

/**
 * A variable and its value in words. It has no `type`: JupyterLab would show that in the place of the
 * value, unless it is one of Python's.
 */
export interface Variable {
  name: string;
  value: string;
  /** Asks for what is in it; 0 when there is nothing. */
  variablesReference: number;
  /** An expression for it. */
  evaluateName: string;
}

/** The only thread there is. */
export const THREAD = 1;
