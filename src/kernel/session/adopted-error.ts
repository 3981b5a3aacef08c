import { ChatOpsError, type ErrorRecord } from '../../protocol';

/**
 * An error of ours from a bundle that is loaded late, and so has a class of errors of its own, as
 * one of this bundle; anything else as it is.
 */
export function adopted(error: unknown): unknown {
  return error instanceof Error &&
    !(error instanceof ChatOpsError) &&
    error.name === 'ChatOpsError' &&
    'record' in error
    ? new ChatOpsError(error.record as ErrorRecord, error.cause)
    : error;
}
