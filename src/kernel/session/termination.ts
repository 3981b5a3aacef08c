import { CutOff } from '../../loader';
import { cellStorage, type CellContext } from './cell-context';

/** What was running when it was cut off. */
export interface Cut {
  context: CellContext | undefined;
  /** Made where it was, so its stack tells the place. */
  error: Error;
}

/** Takes note of what is cut off by V8's `terminateExecution`, and keeps the process alive through it. */
export class Termination {
  private readonly cutOff = new CutOff();
  private cut: Cut | undefined;

  /** Called by the inspector, in the middle of whatever runs, right before that is ended. */
  prepare(): void {
    this.cut ??= { context: cellStorage.getStore(), error: new Error('interrupted') };
    this.cutOff.prepare();
  }

  /**
   * Puts everything back in order; to be called first in a turn of the event loop.
   *
   * @returns what was cut off since it was last asked.
   */
  recover(): Cut | undefined {
    const { cut } = this;
    this.cut = undefined;
    this.cutOff.recover();
    return cut;
  }
}
