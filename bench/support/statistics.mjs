/**
 * The value in the middle.
 *
 * @param {readonly number[]} values - at least one.
 */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}

/**
 * The smallest of the values that so many percent of them do not exceed (nearest rank).
 *
 * @param {ArrayLike<number>} values - at least one.
 * @param {number} percent - more than 0, at most 100.
 */
export function percentile(values, percent) {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? NaN;
}

/**
 * The value in the middle, and how far the others lie around it.
 *
 * @param {readonly number[]} values - at least one.
 */
export function spread(values) {
  return { median: median(values), low: Math.min(...values), high: Math.max(...values) };
}
