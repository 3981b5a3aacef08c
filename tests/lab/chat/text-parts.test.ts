import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { textParts } from '../../../src/lab/chat/text-parts';

test.each([
  ['one', ['one']],
  ['one\n\ntwo\nthree', ['one', 'two\nthree']],
  ['a\n\n\n\nb\n', ['a', 'b']],
  ['```\na\n\nb\n```\n\nc', ['```\na\n\nb\n```', 'c']],
  ['```\na\n\nb', ['```\na\n\nb']],
  ['````\n```\n\nx\n````', ['````\n```\n\nx\n````']],
  ['- a\n\n- b', ['- a\n\n- b']],
  ['', []]
])('%j is shown in parts', (text, parts) => expect(textParts(text)).toEqual(parts));

test('all but the last part stay as they are, however a text goes on', () => {
  const line = fc.constantFrom('a', '', '```', '- b', '> c', '    d', '~~~');
  fc.assert(
    fc.property(fc.array(line), fc.array(line), (first, more) => {
      const before = textParts(first.join('\n')).slice(0, -1);
      const after = textParts([...first, ...more].join('\n'));
      expect(after.slice(0, before.length)).toEqual(before);
    })
  );
});
