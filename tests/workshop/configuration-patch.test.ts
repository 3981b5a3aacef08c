import { expect, test } from 'vitest';
import { patchConfiguration } from '../../src/workshop';

test('what a patch speaks of changes, and all else stays as it was written', () => {
  const text = `# mine
logging:
  level: info # quiet
skills:
  # the first
  - name: hello
    path: skills/hello
`;
  const patch = `logging:\n  path: bot.log\nskills:\n  - name: hello\n    no-cache: true\n  - name: chuck\n    path: skills/chuck\nroles:\n  ops: [a]\n`;
  expect(patchConfiguration(text, patch)).toBe(`# mine
logging:
  level: info # quiet
  path: bot.log
skills:
  # the first
  - name: hello
    path: skills/hello
    no-cache: true
  - name: chuck
    path: skills/chuck
roles:
  ops:
    - a
`);
});

test('skills may be written as a mapping', () => {
  const text = 'skills:\n  hello:\n    path: skills/hello\n';
  expect(patchConfiguration(text, 'skills:\n  - name: hello\n    no-cache: true\n')).toBe(
    'skills:\n  hello:\n    path: skills/hello\n    no-cache: true\n'
  );
});

test('an empty file takes the patch as it is', () => {
  expect(patchConfiguration('', 'lang: de\n')).toBe('lang: de\n');
});
