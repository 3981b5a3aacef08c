import { Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import type { StackFrame } from '../../source';

/** A thread that was found busy, standing still for a moment. */
export interface PausedThread {
  /** Where it stands, innermost first. */
  frames: StackFrame[];
  /** The value of an expression in the innermost frame, as a text; undefined when it has none. */
  evaluate(expression: string): Promise<string | undefined>;
}

/** What to do with a thread that was found busy: end what runs, or let it go on. */
export type Verdict = 'terminate' | 'resume';

interface CallFrame {
  callFrameId: string;
  functionName: string;
  location: { scriptId: string; lineNumber: number; columnNumber?: number };
}

/** How long the thread may take to stand still, in milliseconds: a garbage collection may be under way. */
const PATIENCE = 1000;

/**
 * Stops a worker thread in the middle of whatever it is doing, shows where it stands, and ends what
 * it runs or lets it go on. The thread and all it holds live on.
 *
 * V8's inspector reaches a thread that no message reaches: its requests are served between two
 * steps of a running script. Source: Chrome DevTools Protocol, domains NodeWorker, Debugger and
 * Runtime.
 *
 * @returns false when the thread was not busy after all, or could not be reached.
 */
export async function interruptThread(
  threadId: number,
  judge: (thread: PausedThread) => Promise<Verdict>
): Promise<boolean> {
  const before = interrupting;
  let end!: () => void;
  interrupting = new Promise(resolve => (end = resolve));
  // An inspector's session sees all workers; two of them would get in each other's way.
  await before;
  const link = new ThreadLink(threadId);
  try {
    if (!(await link.attach())) {
      return false;
    }
    await link.request('Debugger.enable');
    const frames = await link.pause();
    if (!frames) {
      return false;
    }
    const verdict = await judge({
      frames: frames.map(frame => toStackFrame(frame, link.urlOf(frame))),
      evaluate: expression => link.evaluate(frames[0]!.callFrameId, expression)
    });
    if (verdict === 'terminate') {
      void link.request('Runtime.terminateExecution');
    }
    await link.request('Debugger.resume');
    await link.request('Debugger.disable');
    return true;
  } finally {
    link.close();
    end();
  }
}

/** Resolves when no thread is being interrupted. */
let interrupting: Promise<void> = Promise.resolve();

/** The inspector's way from this thread into one of its workers. */
class ThreadLink {
  private readonly session = new Session();
  /** Frames of compiled functions name their script by number only. */
  private readonly scripts = new Map<string, string>();
  private readonly replies = new Map<number, (result: unknown) => void>();
  private sessionId: string | undefined;
  private onPaused: ((frames: CallFrame[]) => void) | undefined;
  private nextId = 1;

  constructor(private readonly threadId: number) {
    this.session.connect();
    this.session.on('NodeWorker.receivedMessageFromWorker', ({ params }) =>
      this.take(params.message)
    );
  }

  /** Finds the worker. */
  attach(): Promise<boolean> {
    return within(PATIENCE, false, resolve => {
      this.session.on('NodeWorker.attachedToWorker', ({ params }) => {
        // The inspector numbers workers in its own way; only the title tells the thread's id.
        if (params.workerInfo.title.startsWith(`[worker ${this.threadId}]`)) {
          this.sessionId = params.sessionId;
          resolve(true);
        }
      });
      this.session.post('NodeWorker.enable', { waitForDebuggerOnStart: false });
    });
  }

  request(method: string, params: object = {}): Promise<unknown> {
    return within<unknown>(PATIENCE, undefined, resolve => {
      const id = this.nextId++;
      this.replies.set(id, resolve);
      this.session.post('NodeWorker.sendMessageToWorker', {
        sessionId: this.sessionId!,
        message: JSON.stringify({ id, method, params })
      });
    });
  }

  /** Makes the thread stand still. Nothing when it runs no script. */
  async pause(): Promise<CallFrame[] | undefined> {
    return within<CallFrame[] | undefined>(PATIENCE, undefined, resolve => {
      this.onPaused = resolve;
      void this.request('Debugger.pause');
    });
  }

  async evaluate(callFrameId: string, expression: string): Promise<string | undefined> {
    const answer = (await this.request('Debugger.evaluateOnCallFrame', {
      callFrameId,
      expression,
      returnByValue: true,
      silent: true
    })) as { result?: { value?: unknown } } | undefined;
    const value = answer?.result?.value;
    return value === undefined ? undefined : String(value);
  }

  urlOf({ location }: CallFrame): string {
    return this.scripts.get(location.scriptId) ?? '';
  }

  close(): void {
    this.session.post('NodeWorker.disable');
    this.session.disconnect();
  }

  private take(text: string): void {
    const message = JSON.parse(text) as {
      id?: number;
      result?: unknown;
      method?: string;
      params?: { callFrames: CallFrame[]; scriptId: string; url: string };
    };
    if (message.id !== undefined) {
      this.replies.get(message.id)?.(message.result);
      this.replies.delete(message.id);
    } else if (message.method === 'Debugger.paused') {
      this.onPaused?.(message.params!.callFrames);
    } else if (message.method === 'Debugger.scriptParsed') {
      this.scripts.set(message.params!.scriptId, message.params!.url);
    }
  }
}

/** A promise that gives up after a while. */
function within<T>(
  milliseconds: number,
  otherwise: T,
  start: (resolve: (value: T) => void) => void
): Promise<T> {
  return new Promise(resolve => {
    const timer = setTimeout(() => resolve(otherwise), milliseconds);
    start(value => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}

/** The inspector counts lines and columns from 0. */
function toStackFrame({ functionName, location }: CallFrame, url: string): StackFrame {
  return {
    name: functionName,
    file: url.startsWith('file:') ? fileURLToPath(url) : url,
    line: location.lineNumber + 1,
    column: (location.columnNumber ?? 0) + 1
  };
}
