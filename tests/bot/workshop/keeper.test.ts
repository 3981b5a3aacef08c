import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { WorkshopState } from '../../../src/protocol';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';

beforeEach(isolateEndpoints);

const options = { programs: path.resolve('dist') };

function done({ steps }: WorkshopState): string[] {
  return steps.filter(step => step.done).map(({ id }) => id);
}

test('nobody is followed before they ask for the workshop', async () => {
  const { workspace, endpoint } = await startBot({}, options);
  const client = await RawClient.greeted(endpoint);
  await client.ask('help');
  expect(existsSync(path.join(workspace, '.chatops/workshop.json'))).toBe(false);
});

test('what was done before the steps were looked at counts for the first one', async () => {
  const { bot, endpoint } = await startBot({}, options);
  const client = await RawClient.greeted(endpoint);
  await client.ask('help');
  expect(done(await bot.workshop.state())).toEqual(['orientation']);
});

test('clients that have asked are told when a step is done, and others are not', async () => {
  const { endpoint } = await startBot({}, options);
  const learner = await RawClient.greeted(endpoint);
  const other = await RawClient.greeted(endpoint);
  learner.send({ type: 'workshop.state', id: 'a', language: 'de-CH' });
  const { state } = await learner.next('workshop.state');
  expect([state.language, state.current?.unmet?.text]).toEqual([
    'de',
    'Du hast im Chat noch nichts gesagt.'
  ]);
  await learner.ask('help');
  const isDone = ({ done }: { done?: string | undefined }): boolean => done === 'orientation';
  await learner.next('workshop.changed', isDone);
  expect(other.frames.some(({ type }) => type === 'workshop.changed')).toBe(false);
});

test('progress outlives the bot, and what was said before does not count twice', async () => {
  const first = await startBot({}, options);
  const client = await RawClient.greeted(first.endpoint);
  await first.bot.workshop.state();
  await client.ask('help');
  await first.bot.workshop.do({ do: 'reset', step: 'orientation' });
  await first.bot.stop('it is told to');
  const { bot } = await startBot({}, { ...options, workspace: first.workspace });
  expect(done(await bot.workshop.state())).toEqual([]);
  await bot.workshop.do({ do: 'solve', step: 'orientation' });
  await bot.stop('it is told to');
  const third = await startBot({}, { ...options, workspace: first.workspace });
  expect(done(await third.bot.workshop.state())).toEqual(['orientation']);
});

test('catching up solves what is open, and can be taken back at once', async () => {
  const { bot, workspace } = await startBot({}, options);
  const file = path.join(workspace, 'configuration.yaml');
  await bot.workshop.state();
  const before = readFileSync(file, 'utf8');
  const caught = await bot.workshop.do({ do: 'catch-up', step: 'start' });
  expect([done(caught).length, caught.current?.id]).toEqual([4, 'start']);
  expect(readFileSync(file, 'utf8')).toContain('path: chatops.log');
  const back = await bot.workshop.do({ do: 'undo' });
  expect([done(back), back.current?.id]).toEqual([[], 'orientation']);
  expect(readFileSync(file, 'utf8')).toBe(before);
  expect(existsSync(path.join(workspace, 'skills/hello/index.ts'))).toBe(false);
  await expect(bot.workshop.do({ do: 'undo' })).rejects.toThrow('nothing to take back');
});

test('a reset gives back the files as they were when the step began', async () => {
  const { bot, workspace } = await startBot({}, options);
  await bot.workshop.do({ do: 'catch-up', step: 'layout' });
  const file = path.join(workspace, 'skills/hello/index.ts');
  const before = readFileSync(file, 'utf8');
  writeFileSync(file, before.replace('Hey', 'Howdy'));
  await bot.workshop.do({ do: 'reset', step: 'layout' });
  expect(readFileSync(file, 'utf8')).toBe(before);
  await bot.workshop.do({ do: 'undo' });
  expect(readFileSync(file, 'utf8')).toContain('Howdy');
});

test('the solution is shown as what it changes', async () => {
  const { bot } = await startBot({}, options);
  await bot.workshop.do({ do: 'catch-up', step: 'strict' });
  const { current } = await bot.workshop.do({ do: 'show-solution', step: 'strict' });
  const [file, ...others] = current!.solution!.files;
  expect(others).toEqual([]);
  const changed = file!.lines.filter(({ kind }) => kind !== 'same');
  expect(changed.map(({ kind, text }) => [kind, /\/.*\//.exec(text)?.[0]])).toEqual([
    ['removed', '/hi|hello|hey|hallo/'],
    ['added', '/^(hi|hello|hey|hallo)$/']
  ]);
});

test('a step that is done can be looked at again, and stays done', async () => {
  const { bot } = await startBot({}, options);
  await bot.workshop.do({ do: 'catch-up', step: 'workspace' });
  const again = await bot.workshop.do({ do: 'go', step: 'orientation' });
  expect([done(again), again.current?.id]).toEqual([['orientation', 'why'], 'orientation']);
  const onward = await bot.workshop.do({ do: 'solve', step: 'workspace' });
  expect(done(onward)).toEqual(['orientation', 'why', 'workspace']);
});

test('a step that does not exist is told with those that do', async () => {
  const { bot } = await startBot({}, options);
  await expect(bot.workshop.do({ do: 'solve', step: 'strickt' })).rejects.toThrow(
    '(did you mean `strict`?)'
  );
});

test('a progress file that somebody has broken is begun anew', async () => {
  const { bot } = await startBot({ '.chatops/workshop.json': '{ "steps": 1' }, options);
  expect(done(await bot.workshop.state())).toEqual([]);
});

test('nobody speaks in a Slack that is not the simulated one', async () => {
  const { bot } = await startBot({ '.env': 'SLACK_API_URL=https://slack.example/api/\n' }, options);
  await expect(bot.workshop.do({ do: 'play', step: 'live', play: 'hello' })).rejects.toThrow(
    'it has not been started'
  );
});
