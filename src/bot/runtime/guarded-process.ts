/** What a skill must not do to the process it shares with others. */
const FORBIDDEN: Readonly<Record<string, string>> = {
  exit: 'end the process',
  reallyExit: 'end the process',
  abort: 'end the process',
  kill: 'send signals',
  chdir: 'change the folder that all skills share'
};

/** Node's `process` without the means to end or hurt it. */
export const guardedProcess: NodeJS.Process = new Proxy(process, {
  get(target, property) {
    const action = typeof property === 'string' ? FORBIDDEN[property] : undefined;
    if (action) {
      return () => {
        throw new Error(`process.${String(property)}() is not for skills: it would ${action}`);
      };
    }
    const value: unknown = Reflect.get(target, property, target);
    return typeof value === 'function' ? (value.bind(target) as unknown) : value;
  },
  set(target, property, value) {
    if (property === 'exitCode') {
      return true;
    }
    return Reflect.set(target, property, value, target);
  }
});
