/**
 * The version after another one. It is also the time in microseconds, so that none comes back when
 * the count before it was lost: with a deleted value, a damaged file, or the end of the process.
 *
 * @param last - the highest version given so far.
 * @param now - in milliseconds since 1970.
 */
export function nextVersion(last: number, now: number): number {
  return Math.max(last + 1, Math.floor(now) * 1000);
}
