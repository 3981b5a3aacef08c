import { alignmentDistance } from '../../protocol';
import { wordsOf } from './similarity';

/** A sentence that a matcher would have understood. */
export interface KnownSentence<K> {
  key: K;
  text: string;
}

/** A sentence that may have been meant. */
export interface NearSentence<K> extends KnownSentence<K> {
  /** From 0 to 1. */
  similarity: number;
}

/** How alike sentences must be for one to have been meant. */
const NEAR = 0.7;

/** How many are worth mentioning. */
const MOST = 3;

/** Longer texts are no misspelt commands. */
const LONGEST = 200;

/** How many kinds of letters are told apart when letters are only counted. */
const KINDS = 32;

interface Prepared<K> extends KnownSentence<K> {
  /** Undefined for a field, which stands for any word. */
  words: (string | undefined)[];
  letters: number;
  counts: Uint8Array;
}

/** Sentences that are known, ready to be held against texts that nothing matched. */
export class SentenceIndex<K> {
  private readonly sentences: Prepared<K>[];

  constructor(sentences: Iterable<KnownSentence<K>>) {
    this.sentences = Array.from(sentences, prepare).filter(({ words }) => words.length > 0);
  }

  /**
   * What may have been meant by a text, most likely first; for each key its nearest sentence.
   *
   * Words are compared one by one, in order, by the letters that differ, so that `gte infohost` is
   * near `get infohost`; a field of an example, `{host}`, stands for any word.
   *
   * @param isMeant - whether a sentence may have been meant at all.
   */
  near(text: string, isMeant: (key: K) => boolean = () => true): NearSentence<K>[] {
    if (this.sentences.length === 0 || text.length > LONGEST) {
      return [];
    }
    const words = wordsOf(text);
    if (words.length === 0) {
      return [];
    }
    const letters = lettersOf(words);
    const counts = countLetters(words);
    const best = new Map<K, NearSentence<K>>();
    for (const sentence of this.sentences) {
      const total = Math.max(letters, sentence.letters);
      // Each letter that the text lacks costs one at least: most sentences need no closer look.
      if (missing(sentence.counts, counts) > (1 - NEAR) * total) {
        continue;
      }
      const similarity = likeness(words, sentence.words, total);
      const { key, text: example } = sentence;
      if (similarity >= NEAR && similarity > (best.get(key)?.similarity ?? 0) && isMeant(key)) {
        best.set(key, { key, text: example, similarity });
      }
    }
    return [...best.values()].toSorted((a, b) => b.similarity - a.similarity).slice(0, MOST);
  }
}

function prepare<K>({ key, text }: KnownSentence<K>): Prepared<K> {
  const words = text
    .split(/(\{[^{}]*\})/)
    .flatMap(part => (part.startsWith('{') ? [undefined] : wordsOf(part)));
  return { key, text, words, letters: lettersOf(words), counts: countLetters(words) };
}

function lettersOf(words: readonly (string | undefined)[]): number {
  return words.reduce((sum, word) => sum + (word?.length ?? 1), 0);
}

function countLetters(words: readonly (string | undefined)[]): Uint8Array {
  const counts = new Uint8Array(KINDS);
  for (const word of words) {
    for (let i = 0; i < (word?.length ?? 0); i++) {
      const kind = word!.charCodeAt(i) % KINDS;
      // It need not be exact for what is longer than any text.
      counts[kind] = Math.min(255, counts[kind]! + 1);
    }
  }
  return counts;
}

/** How many letters of the one are not in the other. */
function missing(wanted: Uint8Array, there: Uint8Array): number {
  let sum = 0;
  for (let kind = 0; kind < KINDS; kind++) {
    sum += Math.max(0, wanted[kind]! - there[kind]!);
  }
  return sum;
}

function likeness(
  words: readonly string[],
  wanted: readonly (string | undefined)[],
  total: number
): number {
  const byWord = 1 - wordDistance(words, wanted) / total;
  // Words that were written together or apart.
  const byLetter = wanted.includes(undefined)
    ? 0
    : 1 - alignmentDistance(words.join(''), wanted.join('')) / total;
  return Math.max(byWord, byLetter);
}

/** The letters it takes to turn one list of words into the other. */
function wordDistance(words: readonly string[], wanted: readonly (string | undefined)[]): number {
  let above = wanted.reduce<number[]>(
    (row, word) => [...row, row.at(-1)! + (word?.length ?? 1)],
    [0]
  );
  for (const word of words) {
    const row = [above[0]! + word.length];
    wanted.forEach((other, j) => {
      const change = other === undefined ? 0 : alignmentDistance(word, other);
      row.push(
        Math.min(above[j]! + change, above[j + 1]! + word.length, row[j]! + (other?.length ?? 1))
      );
    });
    above = row;
  }
  return above.at(-1)!;
}
