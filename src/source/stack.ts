import type { Position } from './typescript';

/** One line of a V8 stack trace. */
export interface StackFrame extends Position {
  /** The function, or an empty text at the top level. */
  name: string;
  file: string;
}

/**
 * The frames of a V8 stack trace, innermost first. Lines without a place are left out.
 *
 * Source of the format: V8's documentation, “Stack trace API”.
 */
export function parseStack(stack: string): StackFrame[] {
  const frames: StackFrame[] = [];
  for (const text of stack.split('\n')) {
    const match = /^\s*at (?:(?:async )?(.*?) \()?(?:async )?(.+?):(\d+):(\d+)\)?$/.exec(text);
    if (match) {
      frames.push({
        name: match[1] ?? '',
        file: match[2]!.replace(/^file:\/\//, ''),
        line: Number(match[3]),
        column: Number(match[4])
      });
    }
  }
  return frames;
}
