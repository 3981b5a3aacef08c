import type { NearMiss } from '../../protocol';
import { alignmentDistance } from '../../protocol';
import { wordsOf } from './similarity';

/** A sentence that a skill would have understood. */
export interface KnownSentence {
  skill: string;
  matcher: string;
  text: string;
}

/** How alike sentences must be for one to have been meant. */
const NEAR = 0.7;

/** How many are worth mentioning. */
const MOST = 3;

/** Longer texts are no misspelt commands. */
const LONGEST = 200;

/**
 * What may have been meant by a text that nothing matched, most likely first.
 *
 * Words are compared one by one, in order, by the letters that differ, so that `gte infohost` is
 * near `get infohost`; a field of an example, `{host}`, stands for any word.
 */
export function nearMisses(text: string, sentences: Iterable<KnownSentence>): NearMiss[] {
  const words = wordsOf(text);
  if (words.length === 0 || text.length > LONGEST) {
    return [];
  }
  const best = new Map<string, NearMiss>();
  for (const { skill, matcher, text: example } of sentences) {
    const similarity = likeness(words, example);
    const key = `${skill}\n${matcher}`;
    if (similarity >= NEAR && similarity > (best.get(key)?.similarity ?? 0)) {
      best.set(key, { skill, matcher, example, similarity });
    }
  }
  return [...best.values()].toSorted((a, b) => b.similarity - a.similarity).slice(0, MOST);
}

function likeness(words: readonly string[], example: string): number {
  const wanted = example
    .split(/(\{[^{}]*\})/)
    .flatMap(part => (part.startsWith('{') ? [undefined] : wordsOf(part)));
  if (wanted.length === 0) {
    return 0;
  }
  const letters = (list: readonly (string | undefined)[]): number =>
    list.reduce((sum, word) => sum + (word?.length ?? 1), 0);
  const total = Math.max(letters(words), letters(wanted));
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
