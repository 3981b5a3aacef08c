import { LinearPattern } from '../pattern';
import { isNegated } from './function-words';
import { wordsOf } from './similarity';

/** A sentence that means an intent, as its author wrote it. */
export interface IntentExample {
  text: string;
  words: readonly string[];
  isNegated: boolean;
  /** How many `{fields}` it has. */
  fields: number;
  /** For an example with fields: the form that a text may have. */
  form: LinearPattern | undefined;
  /** What stands around its fields, in small letters: a text without it cannot have the form. */
  literals: readonly string[];
}

/** Reads an example. @throws SyntaxError when its fields cannot be read. */
export function readExample(text: string): IntentExample {
  const pieces = text.split(/\{[^{}]*\}/);
  const fields = pieces.length - 1;
  return {
    text,
    words: wordsOf(pieces.join(' ')),
    isNegated: isNegated(text),
    fields,
    form: fields > 0 ? formOf(text) : undefined,
    // Braces that stand for themselves are doubled in the example, and single in the text.
    literals: pieces.map(piece => piece.trim().toLowerCase()).filter(piece => !/[{}]/.test(piece))
  };
}

function formOf(text: string): LinearPattern | undefined {
  const form = LinearPattern.compile({
    kind: 'parse',
    format: text,
    caseSensitive: false,
    condition: 'match'
  });
  return form instanceof LinearPattern ? form : undefined;
}
