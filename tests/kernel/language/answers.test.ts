import { expect, test } from 'vitest';
import {
  completionOf,
  hoverMarkdown,
  plainTextOf,
  signatureMarkdown
} from '../../../src/kernel/language/answers';
import { VirtualText } from '../../../src/kernel/language/virtual-text';

/** Completions at the end of a text. */
function complete(code: string, items: Parameters<typeof completionOf>[0]) {
  const virtual = new VirtualText('/a.ts', code);
  return completionOf(items, code, code.length, position => virtual.offsetOf(position));
}

test('completions begin as what is written does, the nearest first', () => {
  const items = [
    { label: 'toString', sortText: '15' },
    { label: 'toFixed', kind: 2, sortText: '11' },
    { label: 'other' }
  ];
  expect(complete('n.to', items)).toEqual({
    matches: [
      { text: 'toFixed', type: 'function' },
      { text: 'toString', type: 'variable' }
    ],
    start: 2,
    end: 4
  });
});

test('one that would replace the dot is offered without doing so, or not at all', () => {
  const range = { start: { line: 0, character: 1 }, end: { line: 0, character: 2 } };
  const { matches, start } = complete('o.', [
    { label: 'b c', textEdit: { range, newText: '["b c"]' } },
    { label: 'maybe', textEdit: { range, newText: '?.maybe' } }
  ]);
  expect(start).toBe(2);
  expect(matches.map(({ text }) => text)).toEqual(['maybe']);
});

test('paths are completed from their last part', () => {
  const { start, matches } = complete("import './sub/q", [{ label: 'quick', kind: 17 }]);
  expect(start).toBe(14);
  expect(matches).toEqual([{ text: 'quick', type: 'path' }]);
});

test('a hover says what a name is, not how it came here', () => {
  const value = '```typescript\n(alias) const a: number\n```\nSee [b](file:///x/y.d.ts#1,2).';
  expect(hoverMarkdown({ contents: { value } })).toBe(
    '```typescript\nconst a: number\n```\nSee `b`.'
  );
  expect(hoverMarkdown({ contents: { value: '```typescript\nany\n```\n' } })).toBeUndefined();
});

test('a call is shown with the parameter at hand', () => {
  const markdown = signatureMarkdown({
    signatures: [
      {
        label: 'f(a: number, b: string): void',
        documentation: { value: 'Does it.' },
        parameters: [
          { label: 'a: number' },
          { label: 'b: string', documentation: { value: 'what to do' } }
        ],
        activeParameter: 1
      },
      { label: 'f(): void' }
    ]
  });
  expect(markdown).toContain('**`b: string`** — what to do');
  expect(markdown).toContain('and 1 more way to call it');
  expect(plainTextOf(markdown!)).toBe(
    'f(a: number, b: string): void\n\nb: string — what to do\n\nDoes it.\n\nand 1 more way to call it'
  );
  expect(signatureMarkdown({ signatures: [] })).toBeUndefined();
});

test('places in the author’s text and in the document', () => {
  const virtual = new VirtualText('/a.ts', 'ab\ncd', 'above\n', '\nbelow');
  expect(virtual.positionOf(4)).toEqual({ line: 2, character: 1 });
  expect(virtual.offsetOf({ line: 2, character: 1 })).toBe(4);
  expect(virtual.placeOf({ line: 2, character: 1 })).toEqual({ line: 2, column: 2 });
  expect([0, 1, 2, 3].map(line => virtual.contains({ line, character: 0 }))).toEqual([
    false,
    true,
    true,
    false
  ]);
});
