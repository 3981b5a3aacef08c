import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeWorkshopPages } from '../../../src/bot/cli/workshop-html';
import { loadWorkshop } from '../../../src/bot/workshop';
import { temporaryFolder } from '../../support/temporary-folder';

test('each step has a page in each language, and every link leads somewhere', () => {
  const target = temporaryFolder();
  const { steps, languages } = loadWorkshop('workshop');
  const files = writeWorkshopPages('workshop', target);
  expect(files).toHaveLength(languages.length * (steps.length + 1));
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('name="viewport"');
    for (const [, link] of text.matchAll(/href="([^":]+\.html)"/g)) {
      expect(files).toContain(path.join(path.dirname(file), link!));
    }
  }
});

test('a page has the story, the task, the hints and the solution of its step', () => {
  const target = temporaryFolder();
  writeWorkshopPages('workshop', target);
  const text = readFileSync(path.join(target, 'de', 'strict.html'), 'utf8');
  expect(text).toContain('<html lang="de">');
  expect(text).toContain('Sei streng');
  expect(text.match(/<summary>Hinweis \d<\/summary>/g)).toHaveLength(3);
  expect(text).toContain('skills/hello/index.ts');
  // Code is shown, and not taken for markup.
  expect(readFileSync(path.join(target, 'en', 'groups.html'), 'utf8')).toContain('(?&#60;who&#62;');
});
