import { functionWords } from './function-words';
import { trigramsOf } from './similarity';

/** Words less alike than this are different words. */
const ALIKE = 0.5;

/** How much a word that only holds a sentence together counts, beside one that says something. */
const FUNCTION_WEIGHT = 0.15;

/** How alike each known word is to a given one, from {@link ALIKE} to 1; the others are not in it. */
export type Likenesses = ReadonlyMap<string, number>;

/** The words of all known sentences: how much each of them tells, and which are alike. */
export class Vocabulary {
  /** How many intents use a word. */
  private readonly uses = new Map<string, number>();
  /** What was reckoned already. */
  private readonly weights = new Map<string, number>();
  private readonly sizes = new Map<string, number>();
  private readonly byTrigram = new Map<string, string[]>();
  private count = 0;

  /** Takes in the words of one intent. */
  add(words: Iterable<string>): void {
    this.count++;
    this.weights.clear();
    for (const word of new Set(words)) {
      const uses = this.uses.get(word) ?? 0;
      this.uses.set(word, uses + 1);
      if (uses === 0) {
        this.enter(word);
      }
    }
  }

  /**
   * How much a word tells: the more, the fewer intents use it (inverse document frequency). A word
   * that none uses tells as much as one that a single intent uses.
   */
  weightOf(word: string): number {
    const known = this.weights.get(word);
    if (known !== undefined) {
      return known;
    }
    const uses = this.uses.get(word);
    const rarity = Math.log(1 + this.count / (uses ?? 1));
    const weight = functionWords.has(word) ? rarity * FUNCTION_WEIGHT : rarity;
    if (uses !== undefined) {
      this.weights.set(word, weight);
    }
    return weight;
  }

  /**
   * The known words that a word may be: itself, a bent or a misspelt form of it. How alike two words
   * are is the share of trigrams that they have in common (the Sørensen–Dice coefficient).
   *
   * Words that begin otherwise are other words, mostly the opposite: `install` and `uninstall`. So
   * are words with other digits: `web1` and `web2`.
   */
  wordsLike(word: string): Likenesses {
    const trigrams = trigramsOf(word);
    const common = new Map<string, number>();
    for (const trigram of trigrams) {
      for (const known of this.byTrigram.get(trigram) ?? []) {
        common.set(known, (common.get(known) ?? 0) + 1);
      }
    }
    return new Map(
      [...common]
        .filter(([known]) => known === word || mayBeOneWord(known, word))
        .map(([known, count]): [string, number] => [
          known,
          known === word ? 1 : (2 * count) / (trigrams.size + this.sizes.get(known)!)
        ])
        .filter(([, likeness]) => likeness >= ALIKE)
    );
  }

  private enter(word: string): void {
    const trigrams = trigramsOf(word);
    this.sizes.set(word, trigrams.size);
    for (const trigram of trigrams) {
      const words = this.byTrigram.get(trigram) ?? [];
      words.push(word);
      this.byTrigram.set(trigram, words);
    }
  }
}

function mayBeOneWord(a: string, b: string): boolean {
  return a[0] === b[0] && !/\p{N}/u.test(a + b);
}
