import type { Capture } from '../../protocol';
import { readExample, type IntentExample } from './intent-example';
import { Utterance } from './utterance';
import { Vocabulary } from './vocabulary';

/** An example that a text is like. */
export interface IntentMatch<K> {
  key: K;
  /** From 0 to 1. */
  similarity: number;
  example: string;
  /** What the example's `{fields}` caught, when the text has the example's form. */
  captures: Capture[];
}

interface Intent {
  examples: readonly IntentExample[];
  /** The words of all its examples. */
  words: ReadonlySet<string>;
}

/**
 * Understands sentences by their likeness to examples: no service, no model, the same answer every
 * time.
 *
 * Words are compared one by one, bent and misspelt ones too. A text is like an example when most of
 * the example is in the text (recall), and most of the text is in the examples of the same intent
 * (precision); its similarity is the harmonic mean of the two, F₁. Each word counts by how much it
 * tells. For each field of the example, one word that no example knows is taken for its value. A
 * sentence with `not` in it is like none without.
 */
export class IntentIndex<K> {
  private readonly intents = new Map<K, Intent>();
  private vocabulary: Vocabulary | undefined;

  get size(): number {
    return this.intents.size;
  }

  /** @throws SyntaxError for an example whose fields cannot be read. */
  add(key: K, examples: readonly string[]): void {
    const read = examples.map(readExample);
    this.intents.set(key, {
      examples: read,
      words: new Set(read.flatMap(({ words }) => words))
    });
    this.vocabulary = undefined;
  }

  delete(key: K): void {
    if (this.intents.delete(key)) {
      this.vocabulary = undefined;
    }
  }

  /** For each intent the example that a text is most like, best first. */
  match(text: string): IntentMatch<K>[] {
    if (this.intents.size === 0) {
      return [];
    }
    const utterance = new Utterance(text, (this.vocabulary ??= this.learn()));
    return [...this.intents]
      .flatMap(([key, intent]) => bestOf(intent, utterance).map(match => ({ key, ...match })))
      .toSorted((a, b) => b.similarity - a.similarity);
  }

  private learn(): Vocabulary {
    const vocabulary = new Vocabulary();
    for (const { words } of this.intents.values()) {
      vocabulary.add(words);
    }
    return vocabulary;
  }
}

/** The example of an intent that was most likely meant, if any was. */
function bestOf(
  { examples, words }: Intent,
  utterance: Utterance
): Omit<IntentMatch<unknown>, 'key'>[] {
  const coverage = utterance.coverage(words);
  let best: Omit<IntentMatch<unknown>, 'key'> | undefined;
  for (const example of examples) {
    const form = utterance.inFormOf(example);
    const similarity = form ? 1 : utterance.similarity(example, coverage);
    if (similarity > (best?.similarity ?? 0)) {
      best = { similarity, example: example.text, captures: form?.captures ?? [] };
    }
  }
  return best ? [best] : [];
}
