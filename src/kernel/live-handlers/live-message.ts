import type { HostRequest, Consultation, Invocation } from './skill-types';
import type { ErrorRecord, LogLine, MatcherRecord } from '../../protocol';

/** The handlers of a cell, as the bot is told of them. */
export interface LiveDeclaration {
  /** Names the cell: the same each time it runs. */
  owner: string;
  /** The number beside the cell. */
  count: number;
  matchers: MatcherRecord[];
}

/** What the worker tells the session about handlers. */
export type LiveOrder =
  | {
      kind: 'run';
      run: number;
      owner: string;
      invocation: Invocation;
      question?: Consultation;
    }
  /** The bot waits for this run no more. */
  | { kind: 'stop'; run: number; reason: string }
  /** The cells are deleted. */
  | { kind: 'gone'; owners: readonly string[] };

/** What the session tells the worker about a run. */
export type LiveReport =
  | { kind: 'end'; run: number; value?: unknown; error?: ErrorRecord }
  | { kind: 'log'; run: number; line: LogLine };

/** Something a handler, or the notebook itself, asks of the bot. */
export interface LiveQuestion {
  run: number | undefined;
  request: HostRequest;
}
