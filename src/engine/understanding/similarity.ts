/** A text with plain letters in the place of accented ones. */
export function withoutAccents(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '');
}

/** The words of a sentence: small letters, without accents and punctuation. */
export function wordsOf(text: string): string[] {
  return (
    withoutAccents(text)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/** The groups of three letters in a word, with its edges as letters, each once. */
export function trigramsOf(word: string): Set<string> {
  const padded = ` ${word} `;
  const trigrams = new Set<string>();
  for (let i = 0; i + 3 <= padded.length; i++) {
    trigrams.add(padded.slice(i, i + 3));
  }
  return trigrams;
}
