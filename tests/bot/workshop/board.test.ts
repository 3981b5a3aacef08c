import { beforeEach, expect, test } from 'vitest';
import { LearnerBoard } from '../../../src/bot/workshop';
import type { LearnerReport, ServerFrameOf } from '../../../src/protocol';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';

beforeEach(isolateEndpoints);

const TOKEN = 'only-the-facilitator';
const facilitator = {
  'configuration.yaml': `web:\n  port: 0\n  token: ${TOKEN}\nskills:\n  - name: devtools\n`
};

function report(id: string, more: Partial<LearnerReport> = {}): LearnerReport {
  return {
    id,
    name: id,
    workshop: 'chatops',
    time: 0,
    steps: ['a', 'b'],
    done: {},
    current: { step: 'a', since: 0, hints: 0 },
    ...more
  };
}

test('who is long at a step is stuck, and who is silent for long is away', () => {
  let now = 0;
  const board = new LearnerBoard(
    () => now,
    () => 5
  );
  board.take(report('Zoe'));
  now = 9 * 60_000;
  board.take(report('Ann', { current: { step: 'b', since: 8 * 60_000, hints: 2 } }));
  now = 11 * 60_000;
  board.take(report('Zoe'));
  expect(board.rows().map(({ name, stuck, away }) => [name, stuck, away])).toEqual([
    ['Ann', false, true],
    ['Zoe', true, false]
  ]);
});

test('the board shows nothing to whoever does not know the token', async () => {
  const { bot } = await startBot(facilitator);
  const url = `http://127.0.0.1:${bot.port}/workshop`;
  const page = await fetch(url);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('who is where')]);
  for (const [path, method] of [
    ['board', 'GET'],
    ['report', 'POST'],
    ['broadcast', 'POST']
  ] as const) {
    const headers = { authorization: 'Bearer guessed' };
    expect((await fetch(`${url}/${path}`, { method })).status).toBe(401);
    expect((await fetch(`${url}/${path}`, { method, headers })).status).toBe(401);
  }
  const headers = { authorization: `Bearer ${TOKEN}` };
  const bad = await fetch(`${url}/report`, { method: 'POST', headers, body: '{"report":1}' });
  expect(bad.status).toBe(400);
});

test('a learner’s bot reports to the facilitator’s, and passes on what is told to everyone', async () => {
  const { bot: head } = await startBot(facilitator);
  const url = `http://127.0.0.1:${head.port}`;
  const { bot, endpoint } = await startBot({
    '.env': `CHATOPS_WORKSHOP_URL=${url}\nCHATOPS_WORKSHOP_TOKEN=${TOKEN}\n`
  });
  const client = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
  await bot.workshop.state();
  await client.ask('help');
  const headers = { authorization: `Bearer ${TOKEN}` };
  const learners = async (): Promise<{ name: string; done: object }[]> => {
    const answer = await fetch(`${url}/workshop/board`, { headers });
    return ((await answer.json()) as { learners: { name: string; done: object }[] }).learners;
  };
  await expect
    .poll(learners)
    .toMatchObject([{ name: 'Ann', done: { orientation: expect.any(Number) } }]);

  const body = JSON.stringify({ text: 'Ten minutes until the break.' });
  await fetch(`${url}/workshop/broadcast`, { method: 'POST', headers, body });
  // It comes back with the next report, which any progress brings about.
  await bot.workshop.do({ do: 'hint', step: 'why' });
  const isTold = ({ message }: ServerFrameOf<'message'>): boolean =>
    message.text === 'Ten minutes until the break.';
  expect((await client.next('message', isTold)).message).toMatchObject({
    notice: 'info',
    room: 'general'
  });
});
