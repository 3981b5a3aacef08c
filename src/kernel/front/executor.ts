import { chatOpsError, toErrorRecord } from '../../protocol';
import type { Lower } from '../cell/lowering';
import type { CellProgram } from '../cell/program';
import { plainName, SessionNames } from '../cell/session-names';
import type { DebuggerLink } from '../debugger';
import type { LanguageService, Source } from '../language';
import {
  ASK_EXIT,
  isCellMagic,
  magics,
  parseMagics,
  runMagic,
  sourceOf,
  type MagicContext
} from '../magics';
import type { CellOutcome, CellRun, MimeBundle, OutputMessage, StreamName } from '../thread';
import { cellErrorContent, errorContent } from '../views';
import type { JsonObject } from '../wire';
import type { Aside } from './aside';
import { QUESTION } from './assistance';
import { readCell } from './cell-reader';
import type { Channels, Request } from './channels';
import {
  cellLabel,
  compileExpressions,
  interruptedContent,
  replyContent,
  type Execution
} from './execution';
import type { History } from './history';
import type { Lull } from './lull';
import type { SessionLink } from './session-link';
import type { Status } from './status';
import { Subshells, type Lane } from './subshells';
import { TypeCheck, type CheckedCell } from './type-check';

/** What an executor works with. */
export interface ExecutorParts {
  channels: Channels;
  status: Status;
  link: SessionLink;
  history: History;
  bot: MagicContext['bot'];
  /** The notebook's folder. */
  folder: string;
  /** Sends what the session has put out so far. */
  flush: () => void;
  language: LanguageService;
  /** Takes what can wait until a cell has ended. */
  aside: Aside;
  /** Is told of cells that begin and end. */
  lull: Lull;
  debug: DebuggerLink;
  /** Rewrites syntax that V8 does not know. */
  lower: Lower;
  /** What is known about the name at the end of a text. */
  describe: (name: string, detail: number) => Promise<MimeBundle | undefined>;
}

/** How many executions are remembered, so that their late output finds them. */
const REMEMBERED = 10_000;

/** What people type to leave a terminal. */
const LEAVING = /^\s*(?:exit|quit)(?:\(\))?;?\s*$/;

/** Runs cells one after the other, and knows which execution a piece of output belongs to. */
export class Executor {
  private readonly subshells = new Subshells();
  private readonly requests = new Map<number, Request>();
  // This thread has the same globals as the one that runs the cells, and nobody adds to them here.
  private readonly names = new SessionNames(Object.getOwnPropertyNames(globalThis));
  private cells = 0;
  private latest = 0;
  /** How many interrupts are under way; no cell begins meanwhile, lest it be hit by one. */
  private interrupts = 0;
  private count = 0;

  private readonly types: TypeCheck;

  constructor(private readonly parts: ExecutorParts) {
    this.types = new TypeCheck(parts.language, parts.lull);
  }

  /** The request of the cell that ran last, or runs. */
  get latestRequest(): Request | undefined {
    return this.requests.get(this.latest);
  }

  /** The request that an execution came from; the latest one for what belongs to none. */
  requestOf(cell: number): Request | undefined {
    return this.requests.get(cell) ?? this.latestRequest;
  }

  /** Gives a request that is no execution a number of its own, so that output it causes finds it. */
  adopt(request: Request): number {
    const cell = ++this.cells;
    this.requests.set(cell, request);
    this.requests.delete(cell - REMEMBERED);
    return cell;
  }

  /** Fires when a cell is interrupted; nothing for a cell that does not run any more. */
  signalOf(cell: number): AbortSignal | undefined {
    return this.runningCell(cell)?.abort.signal;
  }

  /** Puts a request in line. */
  submit(request: Request): void {
    const lane = this.subshells.laneOf(request);
    if (lane) {
      lane.queue.push(request);
      this.next();
    } else {
      this.refuse(request);
    }
  }

  /** Answers a `create_subshell_request`. */
  createSubshell(): JsonObject {
    return this.subshells.create();
  }

  /** Answers a `list_subshell_request`. */
  listSubshells(): JsonObject {
    return this.subshells.list();
  }

  /**
   * Answers a `delete_subshell_request`.
   *
   * @throws ChatOpsError `CHATOPS_KERNEL_SUBSHELL`.
   */
  deleteSubshell(id: unknown): JsonObject {
    const waiting = this.subshells.delete(id);
    if (!waiting) {
      throw chatOpsError('CHATOPS_KERNEL_SUBSHELL', { id: String(id) });
    }
    waiting.forEach(request => this.refuse(request));
    return { status: 'ok' };
  }

  /** Takes note of how the session ended a cell. */
  done(cell: number, outcome: CellOutcome): void {
    this.runningCell(cell)?.finish?.(outcome);
  }

  /** Stops the cells that run, and whatever else keeps the session busy. */
  async interrupt(): Promise<void> {
    const running = this.subshells.running();
    this.interrupts++;
    for (const execution of running) {
      execution.isInterrupted = true;
      execution.abort.abort();
    }
    const { link, debug } = this.parts;
    const settled = await debug.letGo(() => link.interrupt(running.map(({ cell }) => cell)));
    // The session may have been cut off between ending a cell and saying so.
    for (const execution of settled ? running : []) {
      if (this.runningCell(execution.cell)) {
        execution.finish?.({ status: 'error', error: interruptedContent() });
      }
    }
    this.interrupts--;
    this.next();
  }

  /** Shows an output of a cell, in its place. */
  output(cell: number, { type, content, metadata, buffers }: OutputMessage): void {
    const request = this.requestOf(cell);
    const execution = type === 'execute_result' ? this.runningCell(cell) : undefined;
    if (execution) {
      const text = (content.data as MimeBundle)['text/plain'];
      this.parts.history.setOutput(execution.count, String(text ?? ''));
    }
    this.parts.channels.publish(type, content, request?.header ?? {}, {
      ...(metadata && { metadata }),
      ...(buffers && { buffers })
    });
  }

  /** Shows text of a cell. */
  stream(name: StreamName, cell: number, text: string): void {
    this.parts.channels.publish('stream', { name, text }, this.requestOf(cell)?.header ?? {});
  }

  private runningCell(cell: number): Execution | undefined {
    return this.subshells.running().find(execution => execution.cell === cell);
  }

  private next(): void {
    for (const lane of this.subshells.all()) {
      if (!lane.current && this.interrupts === 0 && lane.queue.length > 0) {
        lane.current = this.begin(lane.queue.shift()!);
        void this.execute(lane.current, lane);
      }
    }
  }

  private begin(request: Request): Execution {
    const { content } = request;
    const code = String(content.code ?? '');
    const silent = content.silent === true;
    const storeHistory = !silent && content.store_history !== false;
    if (storeHistory && code.trim() !== '') {
      this.count++;
      this.parts.history.add(this.count, code);
    }
    return {
      request,
      cell: (this.latest = this.adopt(request)),
      count: this.count,
      code,
      silent,
      allowStdin: content.allow_stdin !== false,
      abort: new AbortController(),
      isInterrupted: false,
      payload: []
    };
  }

  private async execute(execution: Execution, lane: Lane): Promise<void> {
    const { request, code, count, silent, cell } = execution;
    const { channels, status } = this.parts;
    this.parts.lull.stir();
    status.beginCell(request);
    if (!silent) {
      const content = { code, execution_count: count };
      channels.publish('execute_input', content, request.header, { hurried: false });
    }
    let outcome: CellOutcome;
    try {
      outcome = await this.run(execution);
    } catch (error) {
      outcome = { status: 'error', error: errorContent(toErrorRecord(error)) };
    }
    let aborted: Request[] = [];
    if (outcome.status === 'error') {
      this.output(cell, { type: 'error', content: { ...outcome.error } });
      if (request.content.stop_on_error !== false && !silent) {
        aborted = await this.takeQueue(lane);
      }
    }
    channels.reply(request, replyContent(outcome, execution), {
      metadata: { started: request.header.date, dependencies_met: true, engine: channels.session }
    });
    status.endCell(request);
    this.parts.aside.finishSoon();
    this.parts.lull.stir();
    aborted.forEach(other => this.refuse(other));
    lane.current = undefined;
    this.next();
  }

  private async run(execution: Execution): Promise<CellOutcome> {
    const { request } = execution;
    const question = QUESTION.exec(execution.code);
    if (question) {
      return this.page(execution, question[1]!, question[2]!.length - 1);
    }
    const parsed = parseMagics(execution.code);
    if (parsed.calls.length > 0) {
      // What a magic changes holds for the cells from here on.
      this.parts.aside.finish();
    }
    for (const call of parsed.calls) {
      const source = isCellMagic(call.name) ? sourceOf(execution.code, this.parts) : undefined;
      const checked = this.checked(execution, source);
      const refusal = checked && (await this.types.before(checked));
      if (refusal) {
        return { status: 'error', error: refusal };
      }
      if (checked) {
        this.types.beside(checked);
      }
      await runMagic(call, this.magicContext(execution));
    }
    if (parsed.code === undefined) {
      return { status: 'ok', expressions: {}, payload: [] };
    }
    const read = (text: string, file: string): Promise<CellProgram> =>
      readCell(text, file, this.names, this.parts.lower);
    let program: CellProgram;
    try {
      program = await read(parsed.code, cellLabel(execution.count));
    } catch (error) {
      return { status: 'error', error: cellErrorContent(toErrorRecord(error)) };
    }
    const source = { code: parsed.code, isObject: program.lead === 1 };
    const checked = this.checked(execution, source);
    const refusal = checked && (await this.types.before(checked));
    if (refusal) {
      return { status: 'error', error: refusal };
    }
    const expressions = await compileExpressions(request.content.user_expressions, read);
    const running = this.runProgram(execution, program, expressions);
    const { code } = parsed;
    this.parts.aside.add(() => {
      if (checked) {
        this.types.beside(checked);
      }
      this.parts.language.ran(code, program.names.map(plainName));
    });
    const outcome = await running;
    const isLeaving = LEAVING.test(parsed.code) && outcome.status === 'error';
    return isLeaving && outcome.error.ename === 'ReferenceError'
      ? { status: 'ok', expressions: {}, payload: [ASK_EXIT] }
      : outcome;
  }

  /** What is to be looked at for type errors, if anything is. */
  private checked(
    { code, count, cell, silent }: Execution,
    source: Source | undefined
  ): CheckedCell | undefined {
    if (!source || silent) {
      return undefined;
    }
    const display = (data: MimeBundle): void => this.display(cell, data);
    return { label: cellLabel(count), text: code, source, display };
  }

  private display(cell: number, data: MimeBundle): void {
    this.parts.flush();
    this.output(cell, { type: 'display_data', content: { data, metadata: {}, transient: {} } });
  }

  /** `name?` shows what is known about a name, in the front end's pager where it has one. */
  private async page(execution: Execution, name: string, detail: number): Promise<CellOutcome> {
    const data = await this.parts.describe(name, detail);
    if (!data) {
      this.stream('stdout', execution.cell, `Nothing is known about ${name}.\n`);
    }
    return {
      status: 'ok',
      expressions: {},
      payload: data ? [{ source: 'page', data, start: 0 }] : []
    };
  }

  private async runProgram(
    execution: Execution,
    program: CellProgram,
    expressions: CellRun['expressions']
  ): Promise<CellOutcome> {
    const { cell, count, code, silent, allowStdin, request } = execution;
    const cellId = request.metadata.cellId;
    const run: CellRun = {
      cell,
      count,
      cellId: typeof cellId === 'string' ? cellId : undefined,
      program,
      silent,
      allowStdin,
      expressions
    };
    const prepared = this.parts.debug.begin(run, code);
    if (prepared) {
      await prepared;
    }
    if (execution.isInterrupted) {
      // Interrupted before it began.
      return { status: 'error', error: interruptedContent() };
    }
    return new Promise(resolve => {
      execution.finish = resolve;
      this.parts.link.run(run);
    });
  }

  private magicContext({ cell, count, abort, payload, request }: Execution): MagicContext {
    return {
      metadata: request.metadata,
      bot: this.parts.bot,
      folder: this.parts.folder,
      payload: item => payload.push(item),
      magics,
      types: this.types,
      label: cellLabel(count),
      signal: abort.signal,
      display: data => this.display(cell, data),
      write: (stream, text) => {
        this.parts.flush();
        this.stream(stream, cell, text);
      }
    };
  }

  /** What was sent before an error was known, and so is not run. */
  private async takeQueue(lane: Lane): Promise<Request[]> {
    // Requests of one "Run All" may still be in the sockets; two turns read them.
    await new Promise(resolve => setImmediate(resolve));
    await new Promise(resolve => setImmediate(resolve));
    return lane.queue.splice(0);
  }

  private refuse(request: Request): void {
    const { channels, status } = this.parts;
    status.beginCell(request);
    channels.reply(request, { status: 'aborted' });
    status.endCell(request);
  }
}
