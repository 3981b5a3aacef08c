import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runTestSource } from '../support/test-source';
import { temporaryFolder } from '../support/temporary-folder';

const page = readFileSync('docs/testing.md', 'utf8');

/** The page's blocks of TypeScript, by the file that each is. */
const blocks = [...page.matchAll(/```ts ?(\S*)\n([\s\S]*?)```/g)].map(([, file, source]) => ({
  file: file!,
  source: source!
}));
const isTest = ({ file }: { file: string }): boolean => file.endsWith('.test.ts');

test('every example is a file: a skill or a test', () => {
  expect(blocks.length).toBeGreaterThan(5);
  expect(blocks.filter(block => !isTest(block)).map(({ file }) => file)).toEqual([
    'skills/hello/index.ts'
  ]);
});

test.each(blocks.filter(isTest))('the test $file passes', async ({ source }) => {
  const skills = blocks.filter(block => !isTest(block)).map(({ file, source }) => [file, source]);
  const root = temporaryFolder(Object.fromEntries(skills) as Record<string, string>);
  expect((await runTestSource(source, root)).length).toBe(1);
});

test('a failed expectation looks as the page says', async () => {
  const [, shown] = /```text\n(Expected[\s\S]*?)```/.exec(page)!;
  const root = temporaryFolder({ 'skills/hello/index.ts': blocks[0]!.source });
  const source = `import { test } from 'node:test';
import { testBot } from 'chatops/testing';
test('fails', async () => {
  const chat = testBot({ skills: ['hello'] });
  await chat.user('ann').says('helo');
  chat.expectReply('Hi ann');
});`;
  await expect(runTestSource(source, root)).rejects.toThrow(shown!.trim());
});
