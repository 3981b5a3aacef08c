import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Configuration, skillSchema } from '../../src/bot/config';
import { FETCHED_FOLDER, LOCK_FILE, originOf } from '../../src/bot/skills';

const page = readFileSync('docs/skills-from-elsewhere.md', 'utf8');

test('the configuration that the page shows is right, with every kind of place', () => {
  const [, text] = /```yaml\n([\s\S]*?)```/.exec(page)!;
  const { values, errors, warnings } = Configuration.parse(text!, 'x', {});
  expect([errors, warnings]).toEqual([[], []]);
  const origins = values.skills.map(section => originOf(section, '/home/ann'));
  expect(new Set(origins.map(({ kind }) => kind))).toEqual(new Set(['path', 'repo', 'package']));
});

test('every key that says where a skill comes from is explained', () => {
  const keys = Object.keys(skillSchema.shape).filter(
    key => !['name', 'timeout', 'blocking-timeout'].includes(key)
  );
  for (const key of keys) {
    expect(page).toMatch(new RegExp(`[\`\\s]${key}[\`:]`));
  }
});

test('files are named as they are', () => {
  expect(page).toContain(`\`${LOCK_FILE}\``);
  expect(page).toContain(`\`${FETCHED_FOLDER}/\``);
});
