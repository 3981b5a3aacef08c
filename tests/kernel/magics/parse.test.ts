import { expect, test } from 'vitest';
import { parseMagics } from '../../../src/kernel/magics';

test.each([
  ['%%skill hello\nconst a = 1;', '%%skill'],
  ['// %%skill hello\nconst a = 1;', '%%skill'],
  ['//%%skill hello\nconst a = 1;', '%%skill'],
  ['\n\n%%skill   hello  \nconst a = 1;', '%%skill']
])('a cell magic takes the rest of the cell: %j', (cell, name) => {
  const { calls, code } = parseMagics(cell);
  expect(code).toBeUndefined();
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatchObject({ name, args: ['hello'], body: 'const a = 1;' });
  expect(cell.split('\n')[calls[0]!.line]).toBe('const a = 1;');
});

test('line magics stand above code, which keeps its lines', () => {
  const { calls, code } = parseMagics('%help\n%help chat\nconst a = 1;\n%not a magic');
  expect(calls.map(({ name, args, line }) => [name, args, line])).toEqual([
    ['%help', [], 1],
    ['%help', ['chat'], 2]
  ]);
  // Lines and columns stay.
  expect(code).toBe('     \n          \nconst a = 1;\n%not a magic');
});

test.each([
  'const a = 5\n% 3',
  '// %% a title as in Jupytext',
  '// 100%%sure',
  '% 3',
  'a %%b',
  '"%%skill"'
])('%j is code', cell => {
  expect(parseMagics(cell)).toEqual({ calls: [], code: cell });
});

test('a line magic alone leaves no code', () => {
  expect(parseMagics('%help\n\n').code).toBeUndefined();
});

test.each([
  ['%%skill hello --say "hi there" --quiet', ['hello', '--say', 'hi there', '--quiet']],
  ['%%bash \'a b\' c"d e"f', ['a b', 'cd ef']],
  ['%%bash "say \\"hi\\"" it\'s', ['say "hi"', "it's"]]
])('words in quotes belong together: %s', (cell, words) => {
  expect(parseMagics(cell).calls[0]?.args).toEqual(words);
});
