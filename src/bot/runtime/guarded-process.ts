/** What a skill must not do to the process it shares with others. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  exit: 'end the process',
  reallyExit: 'end the process',
  abort: 'end the process',
  kill: 'send signals',
  chdir: 'change the folder that all skills share'
};

/** Ways to listen to the process. */
const LISTENING = /^(?:on|once|addListener|prependListener|prependOnceListener)$/;

type Listener = (...values: unknown[]) => void;

/**
 * Takes from this thread's `process` the means to end or hurt all of it, however a skill gets hold
 * of it.
 *
 * This keeps accidents harmless. It is no sandbox: a skill can start programs, and those can do
 * anything.
 */
export function disarmProcess(): void {
  for (const [name, action] of Object.entries(FORBIDDEN)) {
    Object.defineProperty(process, name, {
      value: () => {
        throw new Error(`process.${name}() is not for skills: it would ${action}`);
      },
      configurable: true,
      writable: true
    });
  }
}

/**
 * `process` as one skill sees it: what listens to it is told to `onListen`, with what takes the
 * listener away again.
 */
export function scopedProcess(onListen: (stop: () => void) => void): NodeJS.Process {
  const proxy: NodeJS.Process = new Proxy(process, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof property === 'string' && LISTENING.test(property)) {
        return (event: string, listener: Listener) => {
          (value as (event: string, listener: Listener) => void).call(target, event, listener);
          onListen(() => target.off(event, listener));
          return proxy;
        };
      }
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
    set(target, property, value) {
      return property === 'exitCode' || Reflect.set(target, property, value, target);
    }
  });
  return proxy;
}
