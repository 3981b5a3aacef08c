/**
 * Compares texts by their code points, which is also the order of their bytes in UTF-8: databases and
 * stores in memory then list alike. JavaScript's own order differs where surrogates come in.
 */
export function compareCodePoints(a: string, b: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    if (a.charCodeAt(i) !== b.charCodeAt(i)) {
      return a.codePointAt(i)! - b.codePointAt(i)!;
    }
  }
  return a.length - b.length;
}
