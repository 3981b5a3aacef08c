import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { newWorkshop } from '../../src/bot/cli/workshop';
import { workshopTemplate } from '../../src/bot/cli/workshop-template';
import { proveWorkshop } from '../../src/bot/cli/workshop-test';
import { actionSchema, conditionKinds } from '../../src/workshop';
import { programs } from '../support/live-bot';
import { temporaryFolder } from '../support/temporary-folder';

const page = readFileSync('docs/writing-a-workshop.md', 'utf8');

/** The page's files, by their paths in the workshop's folder. */
const files = Object.fromEntries(
  [...page.matchAll(/^(`{3,})\w+ (\S+)\n([\s\S]*?)^\1$/gm)].map(([, , name, text]) => [name, text])
);

/** The words in the first column of a table, by its heading. */
function rows(heading: string): string[] {
  const [, table = ''] = new RegExp(`^\\| ${heading} .*\\n\\|.*\\n((?:\\|.*\\n)+)`, 'm').exec(
    page
  )!;
  return table.split('\n').flatMap(row => /^\| `(\w+)/.exec(row)?.[1] ?? []);
}

test('the page shows the files that a new workshop begins with', () => {
  expect(files).toEqual(workshopTemplate);
});

test('what the page shows is proved, as the page says', async () => {
  const folder = path.join(temporaryFolder(), 'my-workshop');
  newWorkshop(folder);
  const lines: string[] = [];
  for await (const line of proveWorkshop(folder, { programs, version: '1.2.3', only: [] })) {
    expect(line.problems, `${line.step}: ${line.what}`).toEqual([]);
    lines.push(`ok    ${line.step}: ${line.what}`);
  }
  const [, shown] = /\$ chatops workshop test my-workshop\n([\s\S]*?)```/.exec(page)!;
  expect(shown!.trim().split('\n')).toEqual([...lines, `${lines.length} are as they should be.`]);
});

test('a workshop that is wrong is told of', async () => {
  const folder = path.join(temporaryFolder(), 'my-workshop');
  newWorkshop(folder);
  const step = path.join(folder, 'steps/ping/solution/skills/ping/index.ts');
  writeFileSync(step, readFileSync(step, 'utf8').replace("'pong'", "'pang'"));
  const wrong: string[] = [];
  for await (const { what, problems } of proveWorkshop(folder, {
    programs,
    version: '1.2.3',
    only: ['ping']
  })) {
    wrong.push(...(problems.length > 0 ? [what] : []));
  }
  expect(wrong).toContain('solution');
});

test('the page knows every action and every condition', () => {
  const actions = actionSchema.def.options.map(option => Object.keys(option.def.shape)[0]);
  expect(rows('action').toSorted()).toEqual(actions.toSorted());
  expect(rows('condition').toSorted()).toEqual([...conditionKinds, 'any'].toSorted());
});
