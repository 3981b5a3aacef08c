/** True for `npm run soak`, which runs in full what `npm test` runs in short. */
export const isSoak = process.env.CHATOPS_SOAK !== undefined;

/** How many of something a test does: a few in `npm test`, all in `npm run soak`. */
export function amount(short: number, full: number): number {
  return isSoak ? full : short;
}
