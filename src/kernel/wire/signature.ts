import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';

/** How many signatures are remembered to recognise a message that is sent a second time. */
const REMEMBERED = 65_536;

/** Signs messages and checks those of others. */
export class Signer {
  private readonly seen = new Set<string>();
  private readonly key: KeyObject | undefined;

  /**
   * @param key - shared with the client; empty to sign nothing and trust everything.
   * @param hash - a hash that Node's `crypto` knows, such as `sha256`.
   */
  constructor(
    key: string,
    private readonly hash: string
  ) {
    this.key = key === '' ? undefined : createSecretKey(key, 'utf8');
  }

  /** The signature over some parts, in hexadecimal; empty without a key. */
  sign(parts: readonly Uint8Array[]): string {
    if (!this.key) {
      return '';
    }
    const hmac = createHmac(this.hash, this.key);
    for (const part of parts) {
      hmac.update(part);
    }
    return hmac.digest('hex');
  }

  /** True when a signature is right and was not used before. */
  accepts(signature: string, parts: readonly Uint8Array[]): boolean {
    if (!this.key) {
      return true;
    }
    const expected = Buffer.from(this.sign(parts));
    const given = Buffer.from(signature);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return false;
    }
    if (this.seen.has(signature)) {
      return false;
    }
    this.seen.add(signature);
    if (this.seen.size > REMEMBERED) {
      // A set keeps the order of insertion, so its first is its oldest.
      this.seen.delete(this.seen.values().next().value!);
    }
    return true;
  }
}
