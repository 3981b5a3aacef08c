import { describe, expect, test } from 'vitest';
import { chatOpsError, errorTable, formatError, toErrorRecord } from '../../src/protocol';

describe('the table of errors', () => {
  test.each(Object.entries(errorTable))(
    '%s says what happened and what to do',
    (_, { what, fix }) => {
      expect(what).toMatch(/[.}]$/);
      expect(fix.length).toBeGreaterThan(0);
    }
  );

  // `npx vitest run tests/protocol/error-table -u` writes the page anew.
  test('is documented, code by code', async () => {
    const rows = Object.entries(errorTable).map(
      ([code, { what, fix }]) => `| \`${code}\` | ${cell(what)} | ${cell(fix)} |`
    );
    const page = [
      '# Errors',
      '',
      'Everything that can go wrong has a code. Beside the code an error says where it happened (file, line,',
      'column) wherever that is known. Words in braces stand for what the error itself says.',
      '',
      '| code | what happened | what to do |',
      '| --- | --- | --- |',
      ...rows,
      ''
    ].join('\n');
    await expect(page).toMatchFileSnapshot('../../docs/errors.md');
  });
});

test('an error carries its sentences, its place and its code', () => {
  const error = chatOpsError(
    'CHATOPS_SKILL_PATH',
    { name: 'hello', path: 'skills/helo' },
    {
      where: { file: 'configuration.yaml', line: 4, column: 11 },
      excerpt: '> 4 |     path: skills/helo'
    }
  );
  expect(error.message).toBe('The path of the skill `hello` does not exist: skills/helo.');
  expect(formatError(error.record)).toBe(
    [
      'CHATOPS_SKILL_PATH at configuration.yaml:4:11',
      'The path of the skill `hello` does not exist: skills/helo.',
      '> 4 |     path: skills/helo',
      'Correct `path` in the configuration, or create the file. A folder needs an index.ts or index.js.'
    ].join('\n')
  );
});

test('whatever else is thrown becomes an internal error with its words', () => {
  expect(toErrorRecord(new Error('disk on fire.'))).toMatchObject({
    code: 'CHATOPS_INTERNAL',
    message: 'Something in ChatOps itself failed: disk on fire.'
  });
});

/** A sentence inside a table of Markdown. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}
