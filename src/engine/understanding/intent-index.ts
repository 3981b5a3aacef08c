import type { Capture } from '../../protocol';
import { LinearPattern } from '../pattern';
import { cosine, featuresOf, wordsOf, type FeatureVector } from './similarity';

/** An example that a text is like. */
export interface IntentMatch<K> {
  key: K;
  /** From 0 to 1. */
  similarity: number;
  example: string;
  /** What the example's `{fields}` caught, when the text has the example's form. */
  captures: Capture[];
}

interface Example {
  text: string;
  /** For an example with fields: the form that a text may have. */
  form: LinearPattern | undefined;
}

interface Intent {
  examples: Example[];
}

/**
 * Understands sentences by their likeness to examples: no service, no model, the same answer every
 * time.
 *
 * A word that few examples have tells more than one that many have (inverse document frequency), and
 * likeness is the cosine of the weighted features.
 */
export class IntentIndex<K> {
  private readonly intents = new Map<K, Intent>();
  private vectors: Map<Example, FeatureVector> | undefined;
  private rarities = new Map<string, number>();
  private rarest = 1;

  get size(): number {
    return this.intents.size;
  }

  add(key: K, examples: readonly string[]): void {
    this.intents.set(key, { examples: examples.map(text => ({ text, form: exampleForm(text) })) });
    this.vectors = undefined;
  }

  delete(key: K): void {
    if (this.intents.delete(key)) {
      this.vectors = undefined;
    }
  }

  /** For each intent the example that a text is most like, best first. */
  match(text: string): IntentMatch<K>[] {
    const vectors = (this.vectors ??= this.build());
    const asked = featuresOf(text, word => this.rarityOf(word));
    return [...this.intents]
      .flatMap(([key, { examples }]) => {
        const matches = examples.map(example => this.compare(key, example, text, asked, vectors));
        return matches.toSorted((a, b) => b.similarity - a.similarity).slice(0, 1);
      })
      .filter(({ similarity }) => similarity > 0)
      .toSorted((a, b) => b.similarity - a.similarity);
  }

  private compare(
    key: K,
    example: Example,
    text: string,
    asked: FeatureVector,
    vectors: ReadonlyMap<Example, FeatureVector>
  ): IntentMatch<K> {
    const match = example.form?.exec(text.trim());
    return {
      key,
      similarity: match ? 1 : cosine(asked, vectors.get(example)!),
      example: example.text,
      captures: match?.captures ?? []
    };
  }

  private build(): Map<Example, FeatureVector> {
    const examples = [...this.intents.values()].flatMap(intent => intent.examples);
    const counts = new Map<string, number>();
    for (const { text } of examples) {
      for (const word of new Set(wordsOf(withoutFields(text)))) {
        counts.set(word, (counts.get(word) ?? 0) + 1);
      }
    }
    this.rarest = Math.log(1 + examples.length);
    this.rarities = new Map(
      [...counts].map(([word, count]) => [word, Math.log(1 + examples.length / count)])
    );
    return new Map(
      examples.map(example => [
        example,
        featuresOf(withoutFields(example.text), word => this.rarityOf(word))
      ])
    );
  }

  /** A word that no example has is as telling as one that a single example has. */
  private rarityOf(word: string): number {
    return this.rarities.get(word) ?? this.rarest;
  }
}

function withoutFields(text: string): string {
  return text.replace(/\{[^{}]*\}/g, ' ');
}

/**
 * The form of an example with fields.
 *
 * @throws SyntaxError when its fields cannot be read.
 */
export function exampleForm(text: string): LinearPattern | undefined {
  if (!text.includes('{')) {
    return undefined;
  }
  const form = LinearPattern.compile({
    kind: 'parse',
    format: text,
    caseSensitive: false,
    condition: 'match'
  });
  return form instanceof LinearPattern ? form : undefined;
}
