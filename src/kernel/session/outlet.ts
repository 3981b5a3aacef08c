import type { MessagePort } from 'node:worker_threads';
import type {
  FromSession,
  MarkedFromSession,
  OutputMessage,
  OutputRingWriter,
  StreamName
} from '../thread';
import { cellStorage } from './cell-context';

/** A marked message without the mark, which the outlet gives it. */
type Unmarked<M> = M extends { mark: number } ? Omit<M, 'mark'> : never;

/** The way out of the session: everything that leaves it keeps its place among the text. */
export class Outlet {
  constructor(
    private readonly port: MessagePort,
    private readonly ring: OutputRingWriter
  ) {}

  /** Tells the worker something at once. */
  tell(message: FromSession): void {
    this.port.postMessage(message);
  }

  /**
   * Tells the worker something in its place.
   *
   * The message goes first and its mark after it: whoever is cut off in between leaves a message
   * without a mark, which the next mark delivers, and never a mark that waits for a message.
   */
  post(message: Unmarked<MarkedFromSession>): void {
    const mark = this.ring.nextMark();
    this.port.postMessage({ ...message, mark });
    this.ring.mark(mark);
  }

  /** Shows something below the cell that the running code belongs to. */
  show(message: OutputMessage, cell = cellStorage.getStore()?.id ?? 0): void {
    this.post({ type: 'output', cell, message });
  }

  /** Writes text below the cell that the running code belongs to. */
  write(stream: StreamName, text: string): void {
    this.ring.write(stream, cellStorage.getStore()?.id ?? 0, text);
  }
}
