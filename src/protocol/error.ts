import type { ErrorRecord, Where } from './error-record';
import { errorTable, type ErrorCode, type ErrorParameters } from './error-table';

/** What may be known about an error besides its sentences. */
export interface ErrorContext {
  where?: Where;
  excerpt?: string;
  stack?: string[];
  log?: string[];
  cause?: unknown;
}

/**
 * An error with a code of {@link errorTable}: what happened, where, and what to do.
 *
 * @example
 * ```ts
 * throw chatOpsError('CHATOPS_SKILL_NAME', { name: '9lives' });
 * ```
 */
export class ChatOpsError extends Error {
  override readonly name = 'ChatOpsError';
  readonly record: ErrorRecord;

  constructor(record: ErrorRecord, cause?: unknown) {
    super(record.message, cause === undefined ? undefined : { cause });
    this.record = record;
  }

  /** The error's code. */
  get code(): string {
    return this.record.code;
  }

  toJSON(): ErrorRecord {
    return this.record;
  }
}

/**
 * Makes an error from the table.
 *
 * @param code - which error.
 * @param parameters - one value for each `{name}` in its sentences.
 * @param context - where it happened, and what else is known.
 */
export function chatOpsError<C extends ErrorCode>(
  code: C,
  parameters: ErrorParameters<C>,
  context: ErrorContext = {}
): ChatOpsError {
  const { what, fix } = errorTable[code];
  const { cause, ...rest } = context;
  return new ChatOpsError(
    { code, message: fill(what, parameters), hint: fill(fix, parameters), ...rest },
    cause
  );
}

/** Turns whatever was thrown into an {@link ErrorRecord}; what has no code of ours becomes `CHATOPS_INTERNAL`. */
export function toErrorRecord(thrown: unknown): ErrorRecord {
  if (thrown instanceof ChatOpsError) {
    return thrown.record;
  }
  return chatOpsError('CHATOPS_INTERNAL', { reason: reasonOf(thrown) }).record;
}

/**
 * The words of whatever was thrown, without a full stop at their end, for use inside a sentence. Never
 * throws itself, though what was thrown may do so when one looks at it.
 */
export function reasonOf(thrown: unknown): string {
  try {
    const words = String(thrown instanceof Error ? thrown.message || thrown.name : thrown);
    return words.replace(/\.$/, '');
  } catch {
    return 'something was thrown that cannot be put into words';
  }
}

/** `file:line:column` as editors and terminals write it; empty when nothing is known. */
export function formatWhere(where: Where | undefined): string {
  return where
    ? [where.file, where.line, where.column].filter(part => part !== undefined).join(':')
    : '';
}

/** An error as a bot says it in a chat: what happened and where, the lines of code, what to do. */
export function describeError({ message, where, excerpt, hint }: ErrorRecord): string {
  const place = formatWhere(where);
  return [
    place ? `${message.replace(/\.$/, '')} (${place}).` : message,
    ...(excerpt ? ['```', excerpt, '```'] : []),
    hint
  ].join('\n');
}

/** An error as plain text: code and place, what happened, the lines of code, what to do. */
export function formatError(error: ErrorRecord): string {
  const place = formatWhere(error.where);
  return [
    `${error.code}${place && ` at ${place}`}`,
    error.message,
    ...(error.excerpt ? [error.excerpt] : []),
    ...(error.stack ?? []).map(frame => `    at ${frame}`),
    ...(error.log ?? []).map(line => `  | ${line}`),
    error.hint
  ].join('\n');
}

function fill(template: string, parameters: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => String(parameters[name]));
}
