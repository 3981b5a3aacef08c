import type { MessagePort } from 'node:worker_threads';
import type { ErrorRecord } from '../../protocol';
import type { CellProgram } from '../cell/program';
import type { ChatOptions } from '../cell-api';
import type {
  LiveDeclaration,
  LiveOrder,
  LiveQuestion,
  LiveReport
} from '../live-handlers/live-message';
import type { SharedMemory } from './shared-state';

/** A display in several formats at once, by media type. */
export type MimeBundle = Record<string, unknown>;

/** An error as Jupyter's `error` message and replies carry it. */
export interface ErrorContent {
  ename: string;
  evalue: string;
  /** Lines for people. */
  traceback: string[];
}

/** A message for the front end that belongs to a cell. */
export interface OutputMessage {
  type: string;
  content: Record<string, unknown>;
  metadata?: Record<string, unknown>;
  buffers?: Uint8Array[];
}

/** How a cell ended. */
export type CellOutcome =
  | {
      status: 'ok';
      /** The values of the request's expressions, each as a reply of its own. */
      expressions: Record<string, Record<string, unknown>>;
      /** What the front end is asked to do, such as to show a page. */
      payload: Record<string, unknown>[];
    }
  | { status: 'error'; error: ErrorContent };

/** A cell to run. */
export interface CellRun {
  /** Names this one execution; greater than that of every earlier one. */
  cell: number;
  /** The number in brackets beside the cell. */
  count: number;
  /** The front end's own name for the cell, the same each time it runs. */
  cellId: string | undefined;
  program: CellProgram;
  /** Show no result. */
  silent: boolean;
  allowStdin: boolean;
  /** Expressions to evaluate after it, by the name their values are asked for; an error for each that is not one. */
  expressions: Record<string, CellProgram | ErrorContent>;
}

/** A question about live values. */
export type Query =
  | { kind: 'complete'; code: string; cursor: number }
  | { kind: 'inspect'; code: string; cursor: number; detail: number };

/** What a cursor may be completed with. */
export interface Completion {
  matches: { text: string; type: string }[];
  /** The stretch that a match replaces, in UTF-16 code units. */
  start: number;
  end: number;
}

/** A value in words, found by looking at it only. */
export interface LiveDescription {
  /** The name or chain, such as `bot.start`, where it begins with a name of the kernel's own. */
  ofKernel: string | undefined;
  /** What it is: a signature, or the name of its class. */
  title: string;
  /** What is in it, or its source. */
  body: string;
}

/** The answers to {@link Query}. */
export interface QueryAnswers {
  complete: Completion;
  inspect: LiveDescription | undefined;
}

/** A message about a comm, in either direction. */
export interface CommMessage {
  type: 'comm_open' | 'comm_msg' | 'comm_close';
  commId: string;
  /** Of `comm_open` only. */
  target?: string;
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

/** What a cell may ask of the worker, with what it is given and what it gets. */
export interface Calls {
  chat: { arguments: [text: string, options: ChatOptions]; result: ChatResult };
  start: { arguments: []; result: BotStatus };
  skills: { arguments: []; result: Shown<unknown> };
  reload: { arguments: [skills: string[] | undefined]; result: Shown<unknown> };
  logs: { arguments: [lines: number | undefined]; result: Shown<string[]> };
  why: { arguments: [message: number | string, room: string | undefined]; result: Shown<unknown> };
  startFixture: { arguments: [name: string]; result: Shown<{ url: string }> };
  state: { arguments: []; result: Shown<Record<string, unknown>> };
  livePut: { arguments: [declaration: LiveDeclaration]; result: Shown<LiveState> };
  liveRemove: { arguments: [owners: readonly string[]]; result: void };
  liveAsk: { arguments: [question: LiveQuestion]; result: unknown };
}

/** Handlers of a cell that are live, and the bot that they are live in. */
export interface LiveState {
  /** What the bot calls them together. */
  skill: string;
  bot: { name: string; version: string; workspace: string };
}

/** A value, and how it looks. */
export interface Shown<T> {
  value: T;
  bundle: MimeBundle;
}

/** What `chat` resolves to. */
export type ChatResult = Shown<Record<string, unknown>>;

/** The bot that `bot.start()` found or started. */
export type BotStatus = Shown<{ name: string; version: string; workspace: string }>;

/** What the worker tells the main thread. */
export type ToSession =
  /** A cell will follow: a thread that is awake takes it sooner than one that sleeps. */
  | { type: 'ready' }
  | { type: 'run'; run: CellRun }
  /** Compiles a cell that will run, so that breakpoints can be set in it before. */
  | { type: 'prepare'; id: number; run: CellRun }
  | { type: 'interrupt'; id: number; cells: readonly number[] }
  | { type: 'query'; id: number; query: Query }
  | { type: 'reply'; id: number; value?: unknown; error?: ErrorRecord }
  | { type: 'comm'; message: CommMessage; cell: number }
  | { type: 'live'; order: LiveOrder }
  | { type: 'exit' };

/**
 * What the main thread tells the worker at once.
 *
 * `told`: look into the ring. `answer`: to a query. `heard`: an interrupt is being dealt with, and
 * nothing need be cut off any more. `signal`: someone sent the process an interrupt.
 */
export type FromSession =
  | { type: 'told' }
  | { type: 'answer'; id: number; answer: unknown }
  | { type: 'heard'; id: number }
  | { type: 'signal' };

/** What the main thread tells the worker at its place in the output: after all text before its mark. */
export type MarkedFromSession = { mark: number } & (
  | { type: 'output'; cell: number; message: OutputMessage }
  | { type: 'comm'; cell: number; message: CommMessage }
  | { type: 'call'; cell: number; id: number; method: keyof Calls; arguments: unknown[] }
  | { type: 'input'; cell: number; prompt: string; password: boolean }
  /** With the cell's result, where that is the last thing to show. */
  | { type: 'done'; cell: number; outcome: CellOutcome; result?: OutputMessage }
  | { type: 'live'; report: LiveReport }
  | { type: 'settled'; id: number }
);

/** What the worker is started with. */
export interface WorkerOptions {
  connectionFile: string;
  memory: SharedMemory;
  /** To and from the main thread. */
  port: MessagePort;
  /** For answers to questions that a cell waits for. */
  input: MessagePort;
  /** The parent of the kernel when it started, to end with it; absent when it is not to be watched. */
  parent: number | undefined;
}
