/** How long to wait between attempts to reach a bot. */
export interface BackoffOptions {
  /** The longest wait after the first failed attempt, in milliseconds. */
  first: number;
  /** The longest wait ever, in milliseconds. */
  limit: number;
  /** A number from 0 up to and without 1. */
  random: () => number;
}

/**
 * The wait before an attempt, in milliseconds: exponential with full jitter, so that many clients
 * of one bot do not all come back at the same instant.
 *
 * Source: M. Brooker, “Exponential Backoff And Jitter”, AWS Architecture Blog, 2015.
 *
 * @param failures - how many attempts failed in a row; 0 waits not at all.
 */
export function backoff(failures: number, { first, limit, random }: BackoffOptions): number {
  return failures === 0 ? 0 : Math.round(random() * Math.min(limit, first * 2 ** (failures - 1)));
}
