import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { newWorkshop } from '../../../src/bot/cli/workshop';
import type { WorkshopState } from '../../../src/protocol';
import { chatops } from '../../support/command';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';
import { temporaryFolder } from '../../support/temporary-folder';

beforeEach(isolateEndpoints);

// Each command is a process of its own, and a busy machine takes its time for each.
test('the steps can be followed from a terminal', { timeout: 90_000 }, async () => {
  const { workspace, endpoint } = await startBot();
  const follow = (...words: string[]) => chatops(['workshop', ...words], { cwd: workspace });

  const list = await follow('list');
  expect(list.output).toMatch(/ > +orientation .*\(3 min\)\n\[ \] why/);
  const open = await follow('check', '--language', 'de');
  expect([open.code, open.output]).toEqual([
    1,
    'orientation: not yet. Du hast im Chat noch nichts gesagt.\n'
  ]);
  const client = await RawClient.greeted(endpoint);
  await client.ask('help');
  const done = await follow('check', 'orientation');
  expect([done.code, done.output]).toEqual([0, 'orientation: done.\n']);

  expect((await follow('hint')).output).toMatch(/^1\. Look at the time/);
  expect((await follow('solve', 'why')).output).toContain('(x) why');
  expect((await follow('undo')).output).toContain(' >  why');
  const json = await follow('play', 'why', 'incident', '--json');
  const { current } = JSON.parse(json.output) as WorkshopState;
  expect(current?.unmet?.id).toBe('noted');
  const { output } = await follow('report');
  expect(output).toMatch(/ {2}#>·+ {2}why for 0 min/);
});

test('a step that does not exist ends with an error that names those that do', async () => {
  const { workspace } = await startBot();
  const { code, errors } = await chatops(['workshop', 'solve', 'strickt'], { cwd: workspace });
  expect(code).not.toBe(0);
  expect(errors).toContain('did you mean `strict`?');
});

test('a workshop of one’s own is begun, and never over another', async () => {
  const folder = path.join(temporaryFolder(), 'mine');
  expect((await chatops(['workshop', 'new', folder])).code).toBe(0);
  expect(existsSync(path.join(folder, 'en/my-workshop.ipynb'))).toBe(true);
  const again = await chatops(['workshop', 'new', folder]);
  expect(again.code).not.toBe(0);
  expect(again.errors).toContain('already');

  const { bot } = await startBot({ '.env': `CHATOPS_WORKSHOP=${folder}\n` });
  const solved = await bot.workshop.do({ do: 'solve', step: 'ping' });
  expect([solved.title, solved.current]).toEqual(['My workshop', undefined]);
});

test('a workshop is held against itself from the terminal', { timeout: 90_000 }, async () => {
  const folder = path.join(temporaryFolder(), 'mine');
  newWorkshop(folder);
  const good = await chatops(['workshop', 'test', folder]);
  expect([good.code, good.output]).toEqual([
    0,
    expect.stringMatching(/ok {4}ping: solution\n5 are as they should be\.\n$/)
  ]);
  const words = path.join(folder, 'steps/ping/step.yaml');
  writeFileSync(words, readFileSync(words, 'utf8').replace(/mistake: nearly/, 'mistake: echo'));
  const bad = await chatops(['workshop', 'test', folder, 'ping']);
  expect([bad.code, bad.output]).toEqual([
    1,
    expect.stringContaining(
      'WRONG ping: attempt nearly (en)\n      the mistake is `nearly`, and should be `echo`\n'
    )
  ]);
});
