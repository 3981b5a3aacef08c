import { Session, type Debugger, type Runtime } from 'node:inspector';

/** What V8's debugger tells by itself. */
export interface DebuggerListener {
  paused(event: Debugger.PausedEventDataType): void;
  resumed(): void;
}

/** A script as V8 knows it. */
export interface ScriptRecord {
  id: string;
  url: string;
}

/** V8's debugger of the main thread, reached from the worker. */
export class MainDebugger {
  private readonly session = new Session();
  private readonly scripts = new Map<string, ScriptRecord>();

  constructor(listener: DebuggerListener) {
    this.session.on('Debugger.scriptParsed', ({ params }) =>
      this.scripts.set(params.scriptId, { id: params.scriptId, url: params.url })
    );
    this.session.on('Debugger.paused', ({ params }) => listener.paused(params));
    this.session.on('Debugger.resumed', () => listener.resumed());
    this.session.connectToMainThread();
  }

  /** The scripts of a name, in the order in which they were compiled. */
  scriptsOf(url: string): ScriptRecord[] {
    return [...this.scripts.values()].filter(script => script.url === url);
  }

  /** The script of an id. */
  script(id: string): ScriptRecord | undefined {
    return this.scripts.get(id);
  }

  /**
   * Sends a command of the inspector's protocol.
   *
   * @throws Error what the inspector answers.
   */
  post<T = unknown>(method: string, parameters: object = {}): Promise<T> {
    return new Promise((resolve, reject) =>
      this.session.post(method, parameters, (error: Error | null, result?: object) =>
        error ? reject(error) : resolve(result as T)
      )
    );
  }

  /** Resolves when everything that happened so far was told. */
  async settled(): Promise<void> {
    await this.post('Runtime.evaluate', { expression: '0', silent: true });
  }

  /** The members of an object. */
  async propertiesOf(objectId: string): Promise<Runtime.PropertyDescriptor[]> {
    const { result } = await this.post<Runtime.GetPropertiesReturnType>('Runtime.getProperties', {
      objectId,
      ownProperties: true,
      generatePreview: true
    });
    return result;
  }

  close(): void {
    this.session.disconnect();
  }
}
