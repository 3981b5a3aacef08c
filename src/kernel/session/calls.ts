import { ChatOpsError, type ErrorRecord } from '../../protocol';
import type { Calls } from '../thread';
import { cellStorage } from './cell-context';
import type { Outlet } from './outlet';
import type { StackTraces } from './stack-traces';

interface OpenCall {
  /** Made where the call was made, so its stack tells the place. */
  site: Error;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** Calls from cells to the worker, where the bot is reached. */
export class CallTable {
  private readonly open = new Map<number, OpenCall>();
  private ids = 0;

  constructor(
    private readonly outlet: Outlet,
    private readonly stacks: StackTraces
  ) {}

  /**
   * Asks the worker for something. The cell that asks is not done before there is an answer, so
   * that what the call shows stands below that cell even without an `await`.
   *
   * @throws ChatOpsError what the worker answers, or `CHATOPS_CELL_INTERRUPTED`.
   */
  call<K extends keyof Calls>(
    method: K,
    ...values: Calls[K]['arguments']
  ): Promise<Calls[K]['result']> {
    const id = ++this.ids;
    const context = cellStorage.getStore();
    const site = new Error(method);
    const answer = new Promise<unknown>((resolve, reject) =>
      this.open.set(id, { site, resolve, reject })
    );
    this.outlet.post({ type: 'call', cell: context?.id ?? 0, id, method, arguments: values });
    const result = context ? context.interruptible(answer) : answer;
    if (context && !context.finished) {
      const settled = result.then(
        () => undefined,
        () => undefined
      );
      context.pending.add(settled);
      void settled.finally(() => context.pending.delete(settled));
    }
    return result as Promise<Calls[K]['result']>;
  }

  /** Takes the worker's answer. */
  settle(id: number, value: unknown, error: ErrorRecord | undefined): void {
    const call = this.open.get(id);
    this.open.delete(id);
    if (error) {
      call?.reject(this.stacks.placedAt(new ChatOpsError(error), call.site));
    } else {
      call?.resolve(value);
    }
  }
}
