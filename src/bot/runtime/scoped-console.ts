import { formatWithOptions, inspect } from 'node:util';
import type { LogLine } from '../../protocol';

/** The methods of `console` that write a line, and at which level. */
const LEVELS: Readonly<Record<string, LogLine['level']>> = {
  debug: 'debug',
  log: 'info',
  info: 'info',
  warn: 'warning',
  error: 'error',
  trace: 'debug'
};

/** Values as a line of text, the way `console.log` writes them. */
export function formatLine(values: unknown[]): string {
  return formatWithOptions({ colors: false, depth: 4 }, ...values);
}

/** A `console` whose lines go to the skill's log instead of to the process. */
export function scopedConsole(write: (line: LogLine) => void): Console {
  const line =
    (level: LogLine['level']) =>
    (...values: unknown[]): void =>
      write({ time: Date.now(), level, text: formatLine(values) });
  const methods: Record<string, (...values: unknown[]) => void> = Object.fromEntries(
    Object.entries(LEVELS).map(([name, level]) => [name, line(level)])
  );
  methods.dir = value => line('info')(inspect(value));
  methods.table = value => line('info')(inspect(value));
  methods.assert = (condition, ...values) => {
    if (!condition) {
      line('error')('Assertion failed:', ...values);
    }
  };
  // Timers, groups and counters keep their own state and write nothing a log needs.
  return Object.assign(Object.create(console) as Console, methods);
}
