const MULTIPLIER = 0x5bd1e995;

/**
 * The hash by which front ends name cells for a debugger: 32 bits, of the text in UTF-8.
 *
 * Source: Austin Appleby's MurmurHash2, as the “Debugger Adapter Protocol” page of jupyter_client's
 * documentation asks for it.
 */
export function murmur2(text: string, seed: number): number {
  const bytes = Buffer.from(text);
  const rest = bytes.length % 4;
  const whole = bytes.length - rest;
  let hash = seed ^ bytes.length;
  for (let offset = 0; offset < whole; offset += 4) {
    let block = Math.imul(bytes.readUInt32LE(offset), MULTIPLIER);
    block ^= block >>> 24;
    hash = Math.imul(hash, MULTIPLIER) ^ Math.imul(block, MULTIPLIER);
  }
  if (rest > 0) {
    hash = Math.imul(hash ^ bytes.readUIntLE(whole, rest), MULTIPLIER);
  }
  hash ^= hash >>> 13;
  hash = Math.imul(hash, MULTIPLIER);
  return (hash ^ (hash >>> 15)) >>> 0;
}
