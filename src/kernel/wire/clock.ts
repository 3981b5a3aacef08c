/** What to add to the time since the start to have the time of day, in milliseconds. */
let origin = performance.timeOrigin;

/**
 * The time of day in UTC to the microsecond, as ISO 8601.
 *
 * @example `2026-11-22T09:30:00.123456Z`
 */
export function preciseTime(): string {
  const wall = Date.now();
  let exact = origin + performance.now();
  if (exact < wall || exact >= wall + 2) {
    // The system's clock has been set, and what it says counts.
    origin += wall - exact;
    exact = wall;
  }
  // A millisecond may end between the two looks, which must not put the time back.
  const microseconds = Math.min(999, Math.floor((exact - wall) * 1000));
  return `${new Date(wall).toISOString().slice(0, -1)}${String(microseconds).padStart(3, '0')}Z`;
}
