import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { nullTranslator, type TranslationBundle } from '@jupyterlab/translation';
import { describe, expect, test } from 'vitest';
import { catalogues, wordsIn } from '../../../src/lab/workshop/words';
import { loadWorkshop } from '../../../src/bot/workshop';

const english = nullTranslator.load('jupyterlab_chatops');

/** What the view says, from its sources: the texts in its calls, the first one where there are two. */
function saidByTheView(): Set<string> {
  const folder = 'src/lab/workshop';
  const call = /trans\s*\.\s*_[_n]\(\s*('(?:[^'\\]|\\.)*')/g;
  const texts = readdirSync(folder)
    .filter(name => name.endsWith('.tsx'))
    .flatMap(name => [...readFileSync(path.join(folder, name), 'utf8').matchAll(call)])
    .map(([, quoted]) => quoted!.slice(1, -1));
  return new Set(texts);
}

function placeholders(text: string): string[] {
  return (text.match(/%\d/g) ?? []).toSorted();
}

describe.each(Object.entries(catalogues))('the words in %s', (_, catalogue) => {
  test('are there for all that the view says', () => {
    expect([...saidByTheView()].filter(text => !(text in catalogue))).toEqual([]);
  });

  test('have the same places for what is filled in', () => {
    for (const [text, own] of Object.entries(catalogue)) {
      for (const form of [own].flat()) {
        expect(placeholders(form), text).toEqual(placeholders(text));
      }
    }
  });
});

test('every language of the workshop has words for its view', () => {
  const others = loadWorkshop('workshop').languages.filter(language => language !== 'en');
  expect(others.filter(language => !(language in catalogues))).toEqual([]);
});

test('the view speaks the language of the workshop, with its numbers', () => {
  const words = wordsIn('de-CH', english);
  expect([
    words.__('Step %1 of %2', 3, 22),
    words._n('%1 minute', '%1 minutes', 1),
    words._n('%1 minute', '%1 minutes', 5)
  ]).toEqual(['Schritt 3 von 22', '1 Minute', '5 Minuten']);
  expect(wordsIn('fr', english).__('Hints')).toBe('Hints');
});

test('what a language pack of JupyterLab knows goes first', () => {
  const pack = {
    ...english,
    __: (text: string) => (text === 'Hints' ? 'Tipps' : english.__(text)),
    _n: english._n.bind(english)
  } as unknown as TranslationBundle;
  const words = wordsIn('de', pack);
  expect([words.__('Hints'), words.__('Show me')]).toEqual(['Tipps', 'Zeig mir']);
});
