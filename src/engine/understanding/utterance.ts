import type { PatternMatch } from '../pattern';
import { functionWords, isNegated } from './function-words';
import type { IntentExample } from './intent-example';
import { wordsOf } from './similarity';
import type { Likenesses, Vocabulary } from './vocabulary';

/** A text of more words than this is no sentence that anyone gave an example of. */
const MOST_WORDS = 60;

interface SaidWord {
  weight: number;
  /** The known words that it may be. */
  like: Likenesses;
}

/** How much of what was said an intent's words account for. */
export interface Coverage {
  /** The weight of all words, and of those that the intent knows. */
  whole: number;
  known: number;
}

/** Something said, looked at with the words of all examples in mind. */
export class Utterance {
  private readonly trimmed: string;
  private readonly small: string;
  private readonly isNegated: boolean;
  private readonly said: readonly SaidWord[];
  /** For each known word, how alike the most alike of the said ones is. */
  private readonly heard = new Map<string, number>();
  /** The weights of words that may be values of fields: they say something, and no example knows them. */
  private readonly values: readonly number[];

  constructor(
    text: string,
    private readonly vocabulary: Vocabulary
  ) {
    const words = wordsOf(text);
    const counted = words.length > MOST_WORDS ? [] : words;
    this.trimmed = text.trim();
    this.small = text.toLowerCase();
    this.isNegated = isNegated(text);
    this.said = counted.map(word => ({
      weight: vocabulary.weightOf(word),
      like: vocabulary.wordsLike(word)
    }));
    this.values = counted
      .filter((word, i) => this.said[i]!.like.size === 0 && !functionWords.has(word))
      .map(word => vocabulary.weightOf(word));
    for (const { like } of this.said) {
      for (const [word, likeness] of like) {
        this.heard.set(word, Math.max(likeness, this.heard.get(word) ?? 0));
      }
    }
  }

  /** What the fields of an example caught, when this has the form of the example. */
  inFormOf({ form, literals }: IntentExample): PatternMatch | undefined {
    const mayBe = form && literals.every(literal => this.small.includes(literal));
    return mayBe ? form.exec(this.trimmed) : undefined;
  }

  /** How much of this the words of an intent account for. */
  coverage(words: ReadonlySet<string>): Coverage {
    const coverage = { whole: 0, known: 0 };
    for (const { weight, like } of this.said) {
      let best = 0;
      for (const [word, likeness] of like) {
        if (likeness > best && words.has(word)) {
          best = likeness;
        }
      }
      coverage.whole += weight;
      coverage.known += weight * best;
    }
    return coverage;
  }

  /** How alike this and an example are, from 0 to 1, given what the example's intent accounts for. */
  similarity(example: IntentExample, { whole, known }: Coverage): number {
    if (known === 0 || example.isNegated !== this.isNegated) {
      return 0;
    }
    const values = this.values.slice(0, example.fields).reduce((sum, weight) => sum + weight, 0);
    const precision = known / (whole - values);
    const recall = this.recall(example);
    return recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  }

  private recall({ words }: IntentExample): number {
    let whole = 0;
    let found = 0;
    for (const word of words) {
      const weight = this.vocabulary.weightOf(word);
      whole += weight;
      found += weight * (this.heard.get(word) ?? 0);
    }
    return whole === 0 ? 0 : found / whole;
  }
}
