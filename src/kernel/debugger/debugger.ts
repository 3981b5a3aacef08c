import type { Debugger as V8 } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { reasonOf } from '../../protocol';
import { originalPosition, placeInMap } from '../../source';
import { placeInCell } from '../cell/place';
import type { CellRun } from '../thread';
import type { JsonObject } from '../wire';
import { THREAD, type DebugRequest, type Scope, type StackFrame } from './adapter-protocol';
import { Breakpoints } from './breakpoints';
import type { CellSource, CellSources } from './cell-sources';
import { DebugValues } from './debug-values';
import { MainDebugger } from './main-debugger';
import { VariableTable } from './variable-table';

/** What a debugger works with. */
export interface DebuggerParts {
  /** Tells front ends of something that happened. */
  event: (event: string, body: JsonObject) => void;
  /** Compiles a cell on the main thread, without running it. */
  prepare: (run: CellRun) => Promise<void>;
  /** Does what nobody waits for, before the next request comes. */
  later: (work: () => void) => void;
  /** Reads a file of the author's. */
  readFile: (path: string) => string;
  /** The kernel's own folder, into whose code nobody wants to step. */
  beside: string;
}

/** The code stands still here. */
interface Pause {
  frames: V8.CallFrame[];
  reason: string;
  text: string | undefined;
}

/** Where a step began. */
interface StepStart {
  depth: number;
  path: string;
  line: number;
}

/** Answers a request; what it returns is the response's body. */
type Command = (parameters: Record<string, unknown>) => Promise<JsonObject> | JsonObject;

/** What only makes sense once a front end has attached. */
const NEEDS_ATTACHING = new Set(
  'continue next stepIn stepOut pause stackTrace scopes variables setExceptionBreakpoints copyToGlobals'.split(
    ' '
  )
);

/** A debug adapter for the main thread: what JupyterLab's debugger talks with. */
export class KernelDebugger {
  private readonly breakpoints: Breakpoints;
  private attached: MainDebugger | undefined;
  private variables: VariableTable | undefined;
  private readonly values = new DebugValues({
    debug: () => this.attached,
    table: () => this.variables,
    frame: id => this.pause?.frames[Number(id ?? 0)]
  });
  private pause: Pause | undefined;
  /** Where a step over a line began, while it is under way. */
  private stepping: StepStart | undefined;
  private sequence = 0;

  /** @param cells - those that ran already, and all that follow. */
  constructor(
    private readonly parts: DebuggerParts,
    private readonly cells: CellSources
  ) {
    this.breakpoints = new Breakpoints(cells);
  }

  /** True while the code stands still. */
  get paused(): boolean {
    return this.pause !== undefined;
  }

  /** Answers the content of a `debug_request` with that of a `debug_reply`. */
  async answer(content: JsonObject): Promise<JsonObject> {
    const { seq, command, arguments: parameters = {} } = content as unknown as DebugRequest;
    const response = { type: 'response', seq: ++this.sequence, request_seq: seq, command };
    const run = Object.hasOwn(this.commands, command) ? this.commands[command] : undefined;
    try {
      if (!run) {
        throw new Error(`There is no command ${command}.`);
      }
      if (!this.attached && NEEDS_ATTACHING.has(command)) {
        throw new Error('The debugger is not attached.');
      }
      return { ...response, success: true, body: await run(parameters) };
    } catch (error) {
      return { ...response, success: false, message: reasonOf(error), body: {} };
    }
  }

  /** Sets the breakpoints of a cell that is about to run. */
  async begin(run: CellRun, cell: CellSource): Promise<void> {
    if (this.attached) {
      await this.parts.prepare(run);
      // What V8 tells of the new scripts has arrived when it answers something else.
      await this.attached.settled();
      await this.breakpoints.place(this.attached, cell.path);
    }
  }

  /**
   * Lets the code run on for as long as something is done, whatever breakpoints there are: an
   * interrupt could not reach code that stands still.
   */
  async letGo<T>(during: () => Promise<T>): Promise<T> {
    // Nothing is awaited: where the main thread sleeps in native code, there is no answer yet.
    const send = (method: string, parameters?: object): void =>
      void this.attached?.post(method, parameters).catch(() => undefined);
    send('Debugger.setSkipAllPauses', { skip: true });
    if (this.pause) {
      send('Debugger.resume');
    }
    try {
      return await during();
    } finally {
      send('Debugger.setSkipAllPauses', { skip: false });
    }
  }

  private readonly commands: Record<string, Command> = {
    initialize: () => {
      const body = {
        supportsConfigurationDoneRequest: true,
        supportsEvaluateForHovers: true,
        supportsTerminateRequest: true,
        exceptionBreakpointFilters: [
          { filter: 'all', label: 'All errors', default: false },
          { filter: 'uncaught', label: 'Errors that nobody catches', default: false }
        ]
      };
      return body;
    },
    attach: async () => {
      await this.attach();
      return {};
    },
    configurationDone: () => ({}),
    debugInfo: () => ({
      isStarted: this.attached !== undefined,
      ...this.cells.naming,
      breakpoints: this.breakpoints.list(),
      stoppedThreads: this.pause ? [THREAD] : [],
      richRendering: true,
      exceptionPaths: ['all', 'uncaught'],
      copyToGlobals: true
    }),
    dumpCell: ({ code }) => ({ sourcePath: this.cells.add(String(code ?? '')).path }),
    source: ({ source }) => {
      const { path = '' } = (source ?? {}) as { path?: string };
      const content = this.cells.at(path)?.text ?? this.parts.readFile(path);
      return { content, mimeType: 'application/typescript' };
    },
    setBreakpoints: async ({ source, breakpoints }) => {
      const { path = '' } = (source ?? {}) as { path?: string };
      const lines = ((breakpoints ?? []) as { line: number }[]).map(({ line }) => line);
      return { breakpoints: await this.breakpoints.replace(this.attached, path, lines) };
    },
    setExceptionBreakpoints: async ({ filters }) => {
      const wanted = (filters ?? []) as string[];
      const state = wanted.includes('all')
        ? 'all'
        : wanted.includes('uncaught')
          ? 'uncaught'
          : 'none';
      await this.debug.post('Debugger.setPauseOnExceptions', { state });
      return {};
    },
    threads: () => ({ threads: [{ id: THREAD, name: 'cells' }] }),
    stackTrace: () => this.stackTrace(),
    scopes: async ({ frameId }) => ({ scopes: await this.scopes(Number(frameId)) }),
    variables: async ({ variablesReference }) => ({
      variables: (await this.variables?.variablesOf(Number(variablesReference))) ?? []
    }),
    inspectVariables: async () => ({ variables: await this.values.ofSession() }),
    richInspectVariables: async ({ variableName, frameId }) =>
      this.values.rich(String(variableName), frameId),
    evaluate: ({ expression, frameId }) => this.values.evaluate(String(expression), frameId),
    copyToGlobals: async ({ srcVariableName, dstVariableName, srcFrameId }) => {
      const target = `globalThis[${JSON.stringify(dstVariableName)}]`;
      await this.values.value(`${target} = ${String(srcVariableName)}`, srcFrameId);
      return {};
    },
    modules: () => ({ modules: [] }),
    continue: async () => {
      await this.debug.post('Debugger.resume');
      return { allThreadsContinued: true };
    },
    next: () => {
      this.stepping = this.here();
      return this.step('stepOver');
    },
    stepIn: () => this.step('stepInto'),
    stepOut: () => this.step('stepOut'),
    pause: () => this.step('pause'),
    disconnect: () => this.detach(),
    terminate: () => this.detach()
  };

  private get debug(): MainDebugger {
    if (!this.attached) {
      throw new Error('The debugger is not attached.');
    }
    return this.attached;
  }

  private async attach(): Promise<void> {
    if (this.attached) {
      return;
    }
    const debug = new MainDebugger({
      paused: event => void this.onPaused(event),
      resumed: () => this.onResumed()
    });
    this.attached = debug;
    this.variables = new VariableTable(debug);
    await debug.post('Debugger.enable');
    await debug.post('Debugger.setBlackboxPatterns', {
      patterns: ['^node:', '^kernel:', '/node_modules/', `^(file://)?${escape(this.parts.beside)}`]
    });
    await this.breakpoints.placeAll(debug);
    this.parts.event('initialized', {});
    this.parts.event('process', { name: 'cells', isLocalProcess: true, startMethod: 'attach' });
    this.parts.event('thread', { reason: 'started', threadId: THREAD });
  }

  private async detach(): Promise<JsonObject> {
    const debug = this.attached;
    if (debug) {
      this.attached = undefined;
      this.variables = undefined;
      this.breakpoints.clear();
      // Going away lets the code run on, without any breakpoint.
      await debug.post('Debugger.disable');
      debug.close();
      this.onResumed();
    }
    return {};
  }

  private async onPaused(event: V8.PausedEventDataType): Promise<void> {
    const { callFrames, reason, data, hitBreakpoints = [] } = event;
    const frames = callFrames.filter(frame => this.placeOf(frame) !== undefined);
    if (frames.length === 0) {
      await this.attached?.post('Debugger.resume');
      return;
    }
    const isError = reason === 'exception' || reason === 'promiseRejection';
    const isStep = !isError && hitBreakpoints.length === 0;
    if (isStep && this.isSameLine(frames)) {
      // V8 steps by expressions, people do by lines.
      await this.attached?.post('Debugger.stepOver');
      return;
    }
    this.stepping = undefined;
    const description = (data as { description?: string } | undefined)?.description;
    this.pause = { frames, reason, text: isError ? description : undefined };
    this.parts.event('stopped', {
      reason: isError ? 'exception' : isStep ? 'step' : 'breakpoint',
      threadId: THREAD,
      allThreadsStopped: true,
      preserveFocusHint: false,
      ...(this.pause.text !== undefined && { text: this.pause.text })
    });
  }

  private onResumed(): void {
    if (this.pause) {
      this.pause = undefined;
      this.variables?.clear();
      this.parts.event('continued', { threadId: THREAD, allThreadsContinued: true });
    }
  }

  private here(): StepStart | undefined {
    const frames = this.pause?.frames ?? [];
    const place = frames[0] && this.placeOf(frames[0]);
    return place && { ...place, depth: frames.length };
  }

  /** True for a step that has only come further on the line on which it began. */
  private isSameLine(frames: readonly V8.CallFrame[]): boolean {
    const start = this.stepping;
    const place = this.placeOf(frames[0]!);
    return (
      start !== undefined &&
      place !== undefined &&
      frames.length === start.depth &&
      place.path === start.path &&
      place.line === start.line
    );
  }

  private async step(command: string): Promise<JsonObject> {
    await this.debug.post(`Debugger.${command}`);
    return {};
  }

  private stackTrace(): JsonObject {
    const frames = this.pause?.frames ?? [];
    const stackFrames = frames.map((frame, id): StackFrame => {
      const { name, path, line, column } = this.placeOf(frame)!;
      return { id, name: frame.functionName || name, source: { name, path }, line, column };
    });
    return { stackFrames, totalFrames: stackFrames.length };
  }

  /** Where a call is in the author's text; nothing for code of the kernel, of Node and of packages. */
  private placeOf({
    location,
    url
  }: V8.CallFrame): { name: string; path: string; line: number; column: number } | undefined {
    const { scriptId, lineNumber, columnNumber = 0 } = location;
    const file = this.attached?.script(scriptId)?.url ?? url;
    const known = this.cells.of(file);
    if (known) {
      const { cell, program } = known;
      const place = placeInCell(program, lineNumber + 1, columnNumber + 1, tools);
      return place && { name: file.replace(/^cell-(\d+)\.ts$/, 'cell'), path: cell.path, ...place };
    }
    const isHidden =
      file === '' || /^(node|kernel):|[\\/]node_modules[\\/]/.test(file) || this.isOurs(file);
    if (isHidden) {
      return undefined;
    }
    const path = file.startsWith('file:') ? fileURLToPath(file) : file;
    return { name: path, path, line: lineNumber + 1, column: columnNumber + 1 };
  }

  private isOurs(file: string): boolean {
    return file.replace(/^file:\/\//, '').startsWith(this.parts.beside);
  }

  private async scopes(frame: number): Promise<Scope[]> {
    const call = this.pause?.frames[frame];
    return call && this.variables ? this.variables.scopesOf(call) : [];
  }
}

const tools = { originalPosition, placeInMap };

function escape(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
