import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MessagePort } from 'node:worker_threads';
import type { ChatOpsError } from '../../protocol';
import type { CellProgram } from '../cell/program';
import {
  critically,
  OutputRingWriter,
  SESSION_HOOK,
  type CellOutcome,
  type CellRun,
  type ErrorContent,
  type OutputMessage,
  type Query,
  type SharedMemory,
  type ToSession
} from '../thread';
import type { LiveHandlers } from '../live-handlers/live-handlers';
import type { SkillModule } from '../live-handlers/skill-types';
import { createBotGlobals } from './bot-globals';
import { CallTable } from './calls';
import { CellContext, cellStorage } from './cell-context';
import { Comms } from './comms';
import { createDisplay } from './display';
import { ErrorReport } from './error-report';
import { Evaluator, refusedConstants } from './evaluator';
import { guardExit, installGlobals, setGlobal } from './globals';
import { Imports } from './imports';
import { LiveValues } from './live-values';
import { plainText, represent, type Representation } from './mime-bundle';
import { Outlet } from './outlet';
import { Prompt } from './prompt';
import { installQuiet } from './quiet';
import { Sources, type Tools } from './sources';
import { StackTraces } from './stack-traces';
import { installStreams } from './streams';
import { Termination } from './termination';
import { installTimers } from './timers';

/** What a session is made of. */
export interface SessionOptions {
  /** To and from the worker. */
  port: MessagePort;
  /** Where answers to questions come in. */
  answers: MessagePort;
  memory: SharedMemory;
  /** The notebook's folder. */
  folder: string;
  /** Loads what is needed to read the author's code. */
  loadTools: () => Tools;
  /** Loads the module `chatops`, for cells that answer the chat. */
  loadModule: () => SkillModule;
  /** Loads the module `chatops/testing`. */
  loadTesting: () => Promise<Record<string, unknown>>;
  /** Tells which files belong to the kernel itself. */
  isInternal: (file: string) => boolean;
}

/** The session: runs the author's cells on the main thread, and nothing else. */
export class Session {
  private readonly outlet: Outlet;
  private readonly calls: CallTable;
  private readonly comms: Comms;
  private readonly sources: Sources;
  private readonly report: ErrorReport;
  private readonly evaluator: Evaluator;
  private readonly liveValues: LiveValues;
  /** The handlers of cells that answer the chat. */
  private readonly live: LiveHandlers;
  private readonly termination = new Termination();
  private readonly exit = guardExit();
  /** The cells that run, one for each shell at most. */
  private readonly running = new Map<number, CellContext>();

  constructor(private readonly options: SessionOptions) {
    const { port, answers, memory, folder, loadTools, loadModule, isInternal } = options;
    const modules = new Map([['chatops/testing', options.loadTesting]]);
    const state = new Int32Array(memory.state);
    const file = path.join(folder, 'cell.ts');
    const ring = new OutputRingWriter(memory, () => port.postMessage({ type: 'told' }));
    this.outlet = new Outlet(port, ring);
    this.comms = new Comms(this.outlet);
    this.sources = new Sources(() => critically(state, loadTools), folder);
    const stacks = new StackTraces(this.sources, isInternal);
    this.calls = new CallTable(this.outlet, stacks);
    this.report = new ErrorReport(stacks);
    const prompt = new Prompt(this.outlet, state, answers);
    const { globals: botGlobals, live } = createBotGlobals({
      calls: this.calls,
      module: () => critically(state, loadModule),
      report: report => this.outlet.post({ type: 'live', report }),
      fail: error => this.stray(error)
    });
    this.live = live;
    const globals = {
      ...botGlobals,
      display: createDisplay(this.outlet),
      prompt: prompt.prompt,
      confirm: prompt.confirm,
      comms: this.comms
    };
    const { sources } = this;
    const object = {
      meta: { url: pathToFileURL(file).href, dirname: folder, filename: file },
      resume,
      constants: refusedConstants,
      get helpers() {
        return sources.tools.helpers;
      }
    };
    const imports = new Imports(
      this.sources,
      folder,
      () => critically(state, loadModule).chatops,
      modules
    );
    this.evaluator = new Evaluator(imports, object, Object.keys(globals));
    this.liveValues = new LiveValues(this.evaluator);
    installQuiet();
    stacks.install();
    installStreams(ring);
    installTimers();
    installGlobals(globals, folder);
  }

  /** Begins to take cells. */
  start(): void {
    setGlobal(Symbol.for(SESSION_HOOK), {
      prepareTermination: () => this.termination.prepare(),
      query: (query: Query) => this.liveValues.answer(query),
      represent: representAtOnce
    });
    this.options.port.on('message', (message: ToSession) => this.take(message));
    // V8 compiles a function when it first runs, which is better done before a cell waits for it.
    setImmediate(() => represent(0));
    process.on('uncaughtException', error => this.stray(error));
    process.on('unhandledRejection', error => this.stray(error));
    process.on('SIGINT', () => this.outlet.tell({ type: 'signal' }));
  }

  private take(message: ToSession): void {
    switch (message.type) {
      case 'ready':
        break;
      case 'run':
        this.run(message.run);
        break;
      case 'prepare':
        this.evaluator.prepare(message.run.program, fileOf(message.run));
        this.outlet.tell({ type: 'answer', id: message.id, answer: undefined });
        break;
      case 'interrupt':
        this.interrupt(message.id, message.cells);
        break;
      case 'query':
        this.outlet.tell({
          type: 'answer',
          id: message.id,
          answer: this.liveValues.answer(message.query)
        });
        break;
      case 'reply':
        this.calls.settle(message.id, message.value, message.error);
        break;
      case 'comm':
        cellStorage.run(this.contextOf(message.cell), () => this.comms.receive(message.message));
        break;
      case 'live':
        this.live.take(message.order);
        break;
      case 'exit':
        this.exit(0);
    }
  }

  private run(run: CellRun): void {
    // Where the front end names no cell, each execution is one of its own.
    const context = new CellContext({ ...run, owner: run.cellId ?? `execution-${run.cell}` });
    this.running.set(context.id, context);
    const file = fileOf(run);
    this.sources.add(file, context.label, run.program);
    cellStorage.run(context, () => {
      let value: unknown;
      try {
        value = this.evaluator.run(run.program, file);
      } catch (error) {
        this.fail(context, error);
        return;
      }
      if (value instanceof Promise) {
        value.then(
          late => this.succeed(context, run, late),
          (error: unknown) => this.fail(context, error)
        );
      } else {
        this.succeed(context, run, value);
      }
    });
  }

  /** The code has run to its end; what it began with our helpers is waited for. */
  private succeed(context: CellContext, run: CellRun, value: unknown): void {
    if (context.pending.size > 0) {
      void Promise.all(context.pending).then(() => this.succeed(context, run, value));
      return;
    }
    const [result] = Array.isArray(value) ? (value as unknown[]) : [];
    if (result instanceof Promise && context.promised.has(result)) {
      result.then(
        late => this.succeed(context, run, [late]),
        (error: unknown) => this.fail(context, error)
      );
      return;
    }
    try {
      const shown = this.needsShowing(context, run, result) ? represent(result) : undefined;
      if (shown instanceof Promise) {
        shown.then(
          late => this.conclude(context, run, late),
          (error: unknown) => this.fail(context, error)
        );
      } else {
        this.conclude(context, run, shown);
      }
      if (result !== undefined && !run.silent) {
        setGlobal('_', result);
      }
    } catch (error) {
      this.fail(context, error);
    }
  }

  private needsShowing(context: CellContext, run: CellRun, result: unknown): boolean {
    const isObject =
      (typeof result === 'object' && result !== null) || typeof result === 'function';
    return result !== undefined && !run.silent && !(isObject && context.shown.has(result));
  }

  private conclude(context: CellContext, run: CellRun, shown: Representation | undefined): void {
    if (context.finished) {
      return;
    }
    const result = shown && {
      type: 'execute_result',
      content: { execution_count: run.count, data: shown.data, metadata: shown.metadata }
    };
    const asked = Object.entries(run.expressions);
    if (asked.length === 0) {
      this.finish(context, { status: 'ok', expressions: {}, payload: context.payload }, result);
      return;
    }
    if (result) {
      this.outlet.show(result, context.id);
    }
    void Promise.all(
      asked.map(async ([name, program]) => [name, await this.expression(name, program)] as const)
    ).then(values =>
      this.finish(context, {
        status: 'ok',
        expressions: Object.fromEntries(values),
        payload: context.payload
      })
    );
  }

  private async expression(
    name: string,
    program: CellProgram | ErrorContent
  ): Promise<Record<string, unknown>> {
    try {
      if ('ename' in program) {
        return { status: 'error', ...program };
      }
      const [value] = (await this.evaluator.run(program, `expression ${name}`)) as unknown[];
      return { status: 'ok', ...(await represent(value)) };
    } catch (error) {
      return { status: 'error', ...this.report.contentOf(error) };
    }
  }

  private fail(context: CellContext, error: unknown): void {
    this.finish(context, { status: 'error', error: this.report.contentOf(error) });
  }

  private finish(context: CellContext, outcome: CellOutcome, result?: OutputMessage): void {
    if (!context.finished) {
      context.finished = true;
      this.running.delete(context.id);
      if (outcome.status === 'ok') {
        this.live.finished(context);
      }
      this.outlet.post({ type: 'done', cell: context.id, outcome, ...(result && { result }) });
    }
  }

  /** Ends what is going on; the worker has cut it off already when it did not let go by itself. */
  private interrupt(id: number, cells: readonly number[]): void {
    const cut = this.termination.recover();
    // Finding the place where it was can take longer than the worker's patience.
    this.outlet.tell({ type: 'heard', id });
    cut?.context?.interrupt();
    this.live.interrupt();
    for (const context of cells.flatMap(cell => this.running.get(cell) ?? [])) {
      context.interrupt();
      this.finish(context, {
        status: 'error',
        error: this.interruption(context.interrupted!, cut?.context === context ? cut : undefined)
      });
    }
    this.outlet.post({ type: 'settled', id });
  }

  private interruption(error: ChatOpsError, cut: { error: Error } | undefined): ErrorContent {
    return cut ? this.report.contentAt(error, cut.error) : this.report.contentOf(error);
  }

  /** Shows an error that nobody caught below the cell that caused it; the session goes on. */
  private stray(error: unknown): void {
    const context = cellStorage.getStore();
    const { interrupted } = context ?? {};
    // What an interrupted cell still had under way fails as it ends, which is no news.
    const isEcho = interrupted && (error === interrupted || isAbort(error));
    if (!isEcho) {
      this.outlet.show({ type: 'error', content: { ...this.report.contentOf(error) } });
    }
  }

  private contextOf(cell: number): CellContext {
    return new CellContext({ cell, count: 0, allowStdin: false });
  }
}

/** The name that a cell is compiled by. */
function fileOf({ cell }: CellRun): string {
  return `cell-${cell}.ts`;
}

/** Where a cell's code goes on after waiting: not at all when the cell was interrupted meanwhile. */
function resume<T>(value: T): T {
  const interrupted = cellStorage.getStore()?.interrupted;
  if (interrupted) {
    throw interrupted;
  }
  return value;
}

/** A value as a debugger shows it; nothing can be waited for where the code stands still. */
function representAtOnce(value: unknown): Representation {
  const shown = represent(value);
  return shown instanceof Promise
    ? { data: { 'text/plain': plainText(value) }, metadata: {} }
    : shown;
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
