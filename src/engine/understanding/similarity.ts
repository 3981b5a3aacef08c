/** Weighted features of a sentence. */
export type FeatureVector = ReadonlyMap<string, number>;

/** How much three letters in common count beside a whole word in common. */
const TRIGRAM_WEIGHT = 0.25;

/** The words of a sentence: small letters, without accents and punctuation. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/**
 * The features of a sentence: its words, and the trigrams of each word, so that a misspelt or bent
 * word still counts for something. Short words count less: they are mostly grammar.
 *
 * @param rarity - how telling a word is among all that are known.
 */
export function featuresOf(text: string, rarity: (word: string) => number): FeatureVector {
  const features = new Map<string, number>();
  const add = (feature: string, weight: number): void => {
    features.set(feature, (features.get(feature) ?? 0) + weight);
  };
  for (const word of wordsOf(text)) {
    const weight = rarity(word) * Math.min(1, word.length / 4);
    add(word, weight);
    const padded = ` ${word} `;
    const count = padded.length - 2;
    for (let i = 0; i < count; i++) {
      add(`${padded.slice(i, i + 3)}\0`, (weight * TRIGRAM_WEIGHT) / Math.sqrt(count));
    }
  }
  return features;
}

/** How alike two sentences are, from 0 to 1: the cosine of the angle between their features. */
export function cosine(a: FeatureVector, b: FeatureVector): number {
  let product = 0;
  for (const [feature, weight] of a) {
    product += weight * (b.get(feature) ?? 0);
  }
  const lengths = Math.sqrt(squared(a) * squared(b));
  return lengths === 0 ? 0 : Math.min(1, product / lengths);
}

function squared(vector: FeatureVector): number {
  let sum = 0;
  for (const weight of vector.values()) {
    sum += weight * weight;
  }
  return sum;
}
