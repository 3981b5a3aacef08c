/** No byte of UTF-8 is this high. */
const BEYOND = Buffer.from([0xff]);

/** Where the keys that begin with a prefix end: they are at or after the prefix, and before this. */
export function endOfPrefix(prefix: Uint8Array): Buffer {
  return Buffer.concat([prefix, BEYOND]);
}
