import type { Duration } from './api';

/** Milliseconds by the words for them. */
const UNITS: readonly (readonly [words: RegExp, milliseconds: number])[] = [
  [/^(?:ms|milliseconds?)$/, 1],
  [/^(?:s|sec|secs|seconds?)$/, 1000],
  [/^(?:m|min|mins|minutes?)$/, 60_000],
  [/^(?:h|hr|hrs|hours?)$/, 3_600_000],
  [/^(?:d|days?)$/, 86_400_000],
  [/^(?:w|weeks?)$/, 604_800_000]
];

/**
 * A length of time in milliseconds.
 *
 * @throws RangeError for what is none, or less than nothing.
 *
 * @example
 * ```ts
 * milliseconds('1 hour 30 minutes'); // 5_400_000
 * ```
 */
export function milliseconds(duration: Duration): number {
  const value = typeof duration === 'number' ? duration : parse(duration);
  if (!(value >= 0 && Number.isFinite(value))) {
    throw new RangeError(
      `\`${duration}\` is no length of time; write milliseconds, or words such as \`5 minutes\``
    );
  }
  return value;
}

function parse(words: string): number {
  const parts = [...words.trim().matchAll(/(\d+(?:\.\d+)?)\s*([a-z]+)[\s,]*/gi)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join('') !== words.trim()) {
    return NaN;
  }
  return parts.reduce((sum, [, count, word]) => {
    const unit = UNITS.find(([pattern]) => pattern.test(word!.toLowerCase()))?.[1] ?? NaN;
    return sum + Number(count) * unit;
  }, 0);
}
