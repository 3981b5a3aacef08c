import type { CellRun } from '../thread';
import type { JsonObject } from '../wire';
import { CellSources, type CellSource } from './cell-sources';
import type { DebuggerParts, KernelDebugger } from './debugger';

/** The way to the debugger, which is loaded when a front end first talks with it. */
export class DebuggerLink {
  private readonly cells = new CellSources();
  private loading: Promise<KernelDebugger> | undefined;
  private loaded: KernelDebugger | undefined;

  constructor(private readonly parts: DebuggerParts) {}

  /** Answers the content of a `debug_request` with that of a `debug_reply`. */
  async answer(content: JsonObject): Promise<JsonObject> {
    return (await (this.loading ??= this.load())).answer(content);
  }

  /** Takes note of a cell that is about to run, and sets its breakpoints where a front end debugs. */
  begin(run: CellRun, text: string): Promise<void> | undefined {
    const note = (): CellSource => this.cells.begin(text, `cell-${run.cell}.ts`, run.program);
    if (this.loaded) {
      return this.loaded.begin(run, note());
    }
    this.parts.later(note);
    return undefined;
  }

  /** Lets the code run on for as long as something is done, see {@link KernelDebugger.letGo}. */
  letGo<T>(during: () => Promise<T>): Promise<T> {
    return this.loaded ? this.loaded.letGo(during) : during();
  }

  private async load(): Promise<KernelDebugger> {
    const { KernelDebugger } = await import(/* webpackChunkName: "kernel-debugger" */ './debugger');
    return (this.loaded = new KernelDebugger(this.parts, this.cells));
  }
}
