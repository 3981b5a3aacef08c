import type { MessagePort } from 'node:worker_threads';
import { toErrorRecord } from '../../protocol';
import type { LiveOrder } from '../live-handlers';
import {
  answerState,
  word,
  type CellRun,
  type CommMessage,
  type FromSession,
  type MarkedFromSession,
  type Query,
  type QueryAnswers,
  type SharedMemory,
  type ToSession
} from '../thread';
import { MainInspector } from './main-inspector';

/** How long the main thread may take before it is taken to be busy, in milliseconds. */
const PATIENCE = 40;

/** How long the session may take to end cells once it has heard of an interrupt, in milliseconds. */
const SETTLING = 5000;

/** How long the inspector may take, in milliseconds. */
const INSPECTOR_PATIENCE = 400;

/** How long to wait after each attempt to end what runs, in milliseconds. */
const ATTEMPTS = [60, 120, 200, 400, 800, 1600];

/** How long a signal to our own group may take to come back to us, in milliseconds. */
const OWN_SIGNAL = 2000;

/** Where messages of the session go. */
export interface SessionListener {
  told(): void;
  marked(message: MarkedFromSession): void;
  /** Someone sent the process an interrupt signal. */
  signal(): void;
}

/** The worker's side of the conversation with the main thread, where the author's code runs. */
export class SessionLink {
  private readonly state: Int32Array;
  private readonly inspector = new MainInspector();
  private readonly open = new Map<number, (answer: unknown) => void>();
  private readonly heard = new Map<number, () => void>();
  private ids = 0;
  /** How many signals we sent to our own group and have not got back, and when we stop to expect them. */
  private ownSignals = 0;
  private ownSignalsUntil = 0;

  /** @param input - the port that answers to a cell's questions go to. */
  constructor(
    private readonly port: MessagePort,
    private readonly input: MessagePort,
    memory: SharedMemory,
    listener: SessionListener
  ) {
    this.state = new Int32Array(memory.state);
    port.on('message', (message: FromSession | MarkedFromSession) => {
      switch (message.type) {
        case 'told':
          listener.told();
          break;
        case 'signal':
          if (!this.isOwnSignal()) {
            listener.signal();
          }
          break;
        case 'heard':
          this.heard.get(message.id)?.();
          break;
        case 'answer':
          this.settle(message.id, message.answer);
          break;
        default:
          listener.marked(message);
      }
    });
  }

  /** Wakes the main thread ahead of a cell, so that it wakes up while the cell is read here. */
  announce(): void {
    this.post({ type: 'ready' });
  }

  /** Runs a cell. What comes of it arrives at the listener. */
  run(run: CellRun): void {
    this.post({ type: 'run', run });
  }

  /** Compiles a cell without running it; resolves when that is done. */
  async prepare(run: CellRun): Promise<void> {
    const id = ++this.ids;
    const prepared = this.expect(id);
    this.post({ type: 'prepare', id, run });
    await prepared;
  }

  /**
   * Asks about live values: by a message while the event loop turns, by the inspector while it does
   * not.
   *
   * @returns the answer; nothing when the main thread sleeps in native code.
   */
  async query<K extends Query['kind']>(
    query: Query & { kind: K }
  ): Promise<QueryAnswers[K] | undefined> {
    const id = ++this.ids;
    const answered = this.expect(id);
    this.post({ type: 'query', id, query });
    if (!(await within(answered, PATIENCE))) {
      await this.whenUncritical();
      const asked = this.inspector.call('query', query).then(answer => this.settle(id, answer));
      await within(asked, INSPECTOR_PATIENCE);
      this.inspector.detach();
      this.settle(id, undefined);
    }
    return (await answered) as QueryAnswers[K] | undefined;
  }

  /** Answers a call of the author's code. */
  answer(id: number, work: Promise<unknown>): void {
    work.then(
      value => this.post({ type: 'reply', id, value }),
      (error: unknown) => this.post({ type: 'reply', id, error: toErrorRecord(error) })
    );
  }

  /** Hands a front end's comm message to the session. */
  comm(message: CommMessage, cell: number): void {
    this.post({ type: 'comm', message, cell });
  }

  /** Hands what the bot asks of handlers to the session. */
  live(order: LiveOrder): void {
    this.post({ type: 'live', order });
  }

  /** Wakes a cell that waits for a person's answer. */
  giveInput(value: string): void {
    this.input.postMessage(value);
    this.endInput(answerState.given);
  }

  /** Tells a cell that waits for a person's answer that nobody can give one. */
  refuseInput(): void {
    this.endInput(answerState.refused);
  }

  /**
   * Stops what the main thread does and keeps everything it has: by a message while the event loop
   * turns, by ending what runs while it does not, and by a signal to child processes it waits for.
   *
   * @param cells - the cells that are to end with it.
   * @returns false when nothing helped.
   */
  async interrupt(cells: readonly number[]): Promise<boolean> {
    const id = ++this.ids;
    const settled = this.expect(id);
    const heard = new Promise<void>(resolve => this.heard.set(id, resolve));
    this.endInput(answerState.interrupted);
    this.post({ type: 'interrupt', id, cells });
    try {
      if (await within(heard, PATIENCE)) {
        return await within(settled, SETTLING);
      }
      for (const [attempt, wait] of ATTEMPTS.entries()) {
        await this.whenUncritical();
        const terminated = this.inspector.terminate();
        if (attempt > 0) {
          this.ownSignals += signalChildren() ? 1 : 0;
          this.ownSignalsUntil = performance.now() + OWN_SIGNAL;
        }
        // Both, so that no termination is left over for what runs next.
        if (await within(Promise.all([heard, terminated]), wait)) {
          return await within(settled, SETTLING);
        }
        // The first one may have been cut off together with what ran; a second one does no harm.
        this.post({ type: 'interrupt', id, cells });
      }
    } finally {
      this.heard.delete(id);
      this.inspector.detach();
      this.settle(id, undefined);
    }
    return false;
  }

  /** The session has taken note of an interrupt. */
  settle(id: number, answer?: unknown): void {
    this.open.get(id)?.(answer);
    this.open.delete(id);
  }

  /** Ends the process, whatever the main thread is doing. */
  exit(patience: number): void {
    this.post({ type: 'exit' });
    setTimeout(() => {
      void this.inspector.terminate();
      // A worker cannot end its process in a gentler way.
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), patience);
    }, patience);
  }

  private post(message: ToSession): void {
    this.port.postMessage(message);
  }

  private expect(id: number): Promise<unknown> {
    return new Promise(resolve => this.open.set(id, resolve));
  }

  private endInput(state: number): void {
    Atomics.compareExchange(this.state, word.answer, answerState.open, state);
    Atomics.notify(this.state, word.answer);
  }

  private isOwnSignal(): boolean {
    if (this.ownSignals === 0 || performance.now() > this.ownSignalsUntil) {
      this.ownSignals = 0;
      return false;
    }
    this.ownSignals--;
    return true;
  }

  /** Waits for the main thread to leave what must not be cut off, for a second at most. */
  private async whenUncritical(): Promise<void> {
    for (let i = 0; i < 200 && Atomics.load(this.state, word.critical) > 0; i++) {
      await new Promise(resolve => setTimeout(resolve, 5));
    }
  }
}

/** True when a promise is settled within some milliseconds. */
async function within(promise: Promise<unknown>, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), milliseconds);
  });
  const done = promise.then(() => true);
  try {
    return await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Interrupts the child processes that share our process group, as Ctrl-C in a terminal would.
 *
 * @returns true when it was sent, also to ourselves.
 */
function signalChildren(): boolean {
  try {
    // Fails unless we lead a group of our own, as under Jupyter.
    return process.kill(-process.pid, 'SIGINT');
  } catch {
    return false;
  }
}
