/**
 * Names a source in a few characters, to be recognised later: the 32 bits of FNV-1a
 * (http://www.isthe.com/chongo/tech/comp/fnv/), and the length. A blank end, which editors add and
 * take away, makes no difference.
 */
export function fingerprint(source: string): string {
  const text = source.trimEnd();
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return `${hash.toString(16)}-${text.length}`;
}
