import { createRequire, syncBuiltinESMExports } from 'node:module';
import { cellStorage, type Timer } from './cell-context';

type TimerName = 'setTimeout' | 'setInterval' | 'setImmediate';
type TimerFunction = (...values: unknown[]) => Timer;

/**
 * Gives each timer an owner: the cell that started it. An interrupted cell's timers end with it, and
 * cannot start new ones.
 *
 * They are replaced in place, as `setTimeout` and as a member of `node:timers`.
 */
export function installTimers(): void {
  const module = createRequire(__filename)('node:timers') as Record<TimerName, TimerFunction>;
  for (const name of ['setTimeout', 'setInterval', 'setImmediate'] as const) {
    const original = module[name];
    const owned = Object.defineProperties(
      (...values: unknown[]) => {
        const timer = original(...values);
        cellStorage.getStore()?.own(timer);
        return timer;
      },
      // With its name, and with what `util.promisify` looks for.
      Object.getOwnPropertyDescriptors(original)
    ) as TimerFunction;
    module[name] = owned;
    Object.defineProperty(globalThis, name, {
      value: owned,
      writable: true,
      configurable: true,
      enumerable: true
    });
  }
  syncBuiltinESMExports();
}
