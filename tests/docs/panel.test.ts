import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { commandIds } from '../../src/lab/command-ids';
import schema from '../../schema/chat.json';

const page = readFileSync('docs/panel.md', 'utf8');

/** The names in code that a table under a heading lists. */
function listed(heading: string): string[] {
  const [, section = ''] = page.split(`## ${heading}\n`);
  const [table = ''] = section.split('\n## ');
  return [...table.matchAll(/^\|[^`\n]*`([\w:-]+)`/gm)].map(([, name]) => name!);
}

test('every setting is explained', () => {
  expect(new Set(listed('Settings'))).toEqual(new Set(Object.keys(schema.properties)));
});

test('every command is explained', () => {
  expect(new Set(listed('Commands'))).toEqual(new Set(Object.values(commandIds)));
});

test.each(['README.md', 'docs/panel.md'])('the pictures of %s exist', file => {
  const folder = new URL(`../../${file}`, import.meta.url);
  const names = [...readFileSync(file, 'utf8').matchAll(/(?:src|srcset)="([^":]+)"/g)];
  expect(names.length).toBeGreaterThan(1);
  for (const [, name] of names) {
    expect(existsSync(new URL(name!, folder)), name).toBe(true);
  }
});
