import { existsSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { WorkshopState } from '../../../src/protocol';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';
import type { Endpoint } from '../../../src/bot/server';

beforeEach(isolateEndpoints);

/** A panel in the browser of somebody whom Jupyter knows. */
function panelOf(endpoint: Endpoint, name: string): Promise<RawClient> {
  const user = encodeURIComponent(JSON.stringify({ id: name, name }));
  return RawClient.greeted(endpoint, {}, { 'x-chatops-user': user, 'x-chatops-client': 'panel' });
}

async function stateOf(client: RawClient): Promise<WorkshopState> {
  client.frames.length = 0;
  client.send({ type: 'workshop.state', id: `state-${Math.random()}` });
  return (await client.next('workshop.state')).state;
}

async function doneBy(client: RawClient): Promise<string[]> {
  return (await stateOf(client)).steps.filter(({ done }) => done).map(({ id }) => id);
}

test('what one person does counts for that person alone', async () => {
  const { endpoint } = await startBot();
  const [ann, ben] = [await panelOf(endpoint, 'ann'), await panelOf(endpoint, 'ben')];
  expect([await doneBy(ann), await doneBy(ben)]).toEqual([[], []]);
  await ben.ask('help');
  await expect.poll(() => doneBy(ben)).toEqual(['orientation']);
  expect(await doneBy(ann)).toEqual([]);
  expect(ann.frames.some(frame => frame.type === 'workshop.changed')).toBe(false);
});

test('hints, answers and the way back are each person’s own', async () => {
  const { endpoint } = await startBot();
  const [ann, ben] = [await panelOf(endpoint, 'ann'), await panelOf(endpoint, 'ben')];
  await stateOf(ann);
  await stateOf(ben);
  ann.frames.length = 0;
  ann.send({ type: 'workshop.do', id: 'a', action: { do: 'hint', step: 'orientation' } });
  const { state } = await ann.next('workshop.state');
  expect(state.current?.hints).toHaveLength(1);
  expect((await stateOf(ben)).current?.hints).toEqual([]);
});

test('notebooks and terminals of this machine count for everyone who works here', async () => {
  const { endpoint } = await startBot();
  const [ann, ben] = [await panelOf(endpoint, 'ann'), await panelOf(endpoint, 'ben')];
  await stateOf(ann);
  await stateOf(ben);
  const notebook = await RawClient.greeted(endpoint);
  await notebook.ask('help');
  await expect.poll(() => doneBy(ann)).toEqual(['orientation']);
  await expect.poll(() => doneBy(ben)).toEqual(['orientation']);
});

test('everyone’s progress outlives the bot, and the first one stays the owner', async () => {
  const first = await startBot();
  const [ann, ben] = [await panelOf(first.endpoint, 'ann'), await panelOf(first.endpoint, 'ben')];
  await stateOf(ann);
  await stateOf(ben);
  await ben.ask('help');
  await expect.poll(() => doneBy(ben)).toEqual(['orientation']);
  await first.bot.stop('it is told to');
  const { workspace } = first;
  expect(existsSync(path.join(workspace, '.chatops/workshop/jupyter%3Aben.json'))).toBe(true);
  const second = await startBot({}, { workspace });
  expect(await doneBy(await panelOf(second.endpoint, 'ben'))).toEqual(['orientation']);
  expect(await doneBy(await panelOf(second.endpoint, 'ann'))).toEqual([]);
  expect(await doneBy(await RawClient.greeted(second.endpoint))).toEqual([]);
});

test('each is a line of their own on the board', async () => {
  const { bot, endpoint } = await startBot();
  const [ann, ben] = [await panelOf(endpoint, 'ann'), await panelOf(endpoint, 'ben')];
  await stateOf(ann);
  await stateOf(ben);
  await ben.ask('help');
  await expect
    .poll(async () =>
      (await bot.workshop.learners()).map(({ name, done }) => [name, Object.keys(done)])
    )
    .toEqual([
      ['ann', []],
      ['ben', ['orientation']]
    ]);
});

test('whoever runs the workshop may choose its language for every browser', async () => {
  const { endpoint } = await startBot({ '.env': 'CHATOPS_WORKSHOP_LANGUAGE=de\n' });
  const ask = async (client: RawClient): Promise<string> => {
    client.send({ type: 'workshop.state', id: 'a', language: 'en-GB' });
    return (await client.next('workshop.state')).state.language;
  };
  expect(await ask(await panelOf(endpoint, 'ann'))).toBe('de');
  expect(await ask(await RawClient.greeted(endpoint))).toBe('en');
});
