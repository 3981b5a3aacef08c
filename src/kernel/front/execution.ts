import { chatOpsError, toErrorRecord } from '../../protocol';
import type { CellProgram } from '../cell/program';
import type { CellOutcome, CellRun, ErrorContent } from '../thread';
import { cellErrorContent, errorContent } from '../views';
import type { JsonObject } from '../wire';
import type { Request } from './channels';

/** One `execute_request` and how far it has come. */
export interface Execution {
  request: Request;
  /** Names this execution in both threads. */
  cell: number;
  count: number;
  code: string;
  silent: boolean;
  allowStdin: boolean;
  abort: AbortController;
  /** What its signal says; to make one takes longer than to read most cells. */
  isInterrupted: boolean;
  /** What its magics ask the front end to do. */
  payload: Record<string, unknown>[];
  /** Set while the session runs it. */
  finish?: (outcome: CellOutcome) => void;
}

/** What people and stack traces call a cell. */
export function cellLabel(count: number): string {
  return `cell ${count}`;
}

/** How a cell ends that was interrupted. */
export function interruptedContent(): ErrorContent {
  return errorContent(chatOpsError('CHATOPS_CELL_INTERRUPTED', {}).record);
}

/** The expressions of a request, each ready to be evaluated or with the mistake in it. */
export async function compileExpressions(
  value: unknown,
  read: (text: string, file: string) => Promise<CellProgram>
): Promise<CellRun['expressions']> {
  const expressions: CellRun['expressions'] = {};
  for (const [name, code] of Object.entries((value ?? {}) as JsonObject)) {
    try {
      expressions[name] = await read(String(code), name);
    } catch (error) {
      expressions[name] = cellErrorContent(toErrorRecord(error));
    }
  }
  return expressions;
}

/** The content of the reply to a request. */
export function replyContent(outcome: CellOutcome, { count, payload }: Execution): JsonObject {
  return outcome.status === 'ok'
    ? {
        status: 'ok',
        execution_count: count,
        user_expressions: outcome.expressions,
        payload: [...payload, ...outcome.payload]
      }
    : { status: 'error', execution_count: count, ...outcome.error, payload: [] };
}
