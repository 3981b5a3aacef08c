import { Session } from 'node:inspector';
import { SESSION_HOOK } from '../thread';

/**
 * Reaches into the main thread while it runs the author's code and answers no messages, by V8's
 * inspector. Attached only while it is needed: an attached inspector slows `console` down.
 */
export class MainInspector {
  private session: Session | undefined;

  /**
   * Calls a method of the session's hook between two instructions of whatever runs.
   *
   * @returns what it returned; nothing when it could not be called.
   */
  call(method: string, ...values: unknown[]): Promise<unknown> {
    const list = values.map(value => JSON.stringify(value)).join(', ');
    const expression = `globalThis[Symbol.for(${JSON.stringify(SESSION_HOOK)})].${method}(${list})`;
    return new Promise(resolve => {
      this.attach().post(
        'Runtime.evaluate',
        { expression, returnByValue: true, silent: true },
        (error, reply) => resolve(error ? undefined : reply.result.value)
      );
    });
  }

  /**
   * Ends whatever JavaScript runs, which cannot catch that. Does nothing when none runs.
   *
   * @returns resolves when it has taken effect: from then on nothing is ended by it any more.
   */
  terminate(): Promise<void> {
    const session = this.attach();
    // Both arrive in one batch: between the preparation and the end nothing of the author's runs.
    void this.call('prepareTermination');
    return new Promise(resolve => session.post('Runtime.terminateExecution', () => resolve()));
  }

  /** Lets go of the main thread. */
  detach(): void {
    this.session?.disconnect();
    this.session = undefined;
  }

  private attach(): Session {
    if (!this.session) {
      this.session = new Session();
      this.session.connectToMainThread();
    }
    return this.session;
  }
}
