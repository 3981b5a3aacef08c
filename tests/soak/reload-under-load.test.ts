import { beforeEach, expect, test } from 'vitest';
import type { ServerFrame } from '../../src/protocol';
import { isolateEndpoints, RawClient, startBot } from '../support/live-bot';
import { amount } from '../support/soak';

beforeEach(isolateEndpoints);

/** How many messages wait for their answers at any time. */
const IN_FLIGHT = 32;

/** Answers each number with itself and the version; some answers take a while. */
function source(version: number): string {
  return `import { matchRegex } from 'chatops';
import { suffix } from './suffix';
export const number = matchRegex(/^n (\\d+)$/, async m => {
  if (Number(m.match[1]) % 7 === 0) {
    await new Promise(resolve => setTimeout(resolve, 2));
  }
  await m.respond(m.match[1] + ' ' + ${version} + suffix);
});`;
}

test('no message is lost, doubled or out of order while a skill is replaced again and again', async () => {
  const reloads = amount(60, 1000);
  const { endpoint } = await startBot({
    'configuration.yaml': 'skills:\n  - name: number\n    path: skills/number\n',
    'skills/number/suffix.ts': `export const suffix = '!';`,
    'skills/number/index.ts': source(0)
  });
  const talker = await RawClient.greeted(endpoint, { rooms: [{ room: 'load' }] });
  const editor = await RawClient.greeted(endpoint, { rooms: [{ room: 'editor' }] });
  const answers: string[] = [];
  let sent = 0;
  let isOver = false;
  const say = (): void => {
    sent++;
    talker.send({ type: 'say', id: `m${sent}`, room: 'load', text: `n ${sent}` });
  };
  talker.onFrame((frame: ServerFrame) => {
    if (frame.type === 'message' && frame.message.answers !== undefined) {
      answers.push(frame.message.text);
    } else if (frame.type === 'handled' && !isOver) {
      say();
    }
  });
  for (let i = 0; i < IN_FLIGHT; i++) {
    say();
  }
  for (let version = 1; version <= reloads; version++) {
    const id = `v${version}`;
    editor.send({ type: 'skill.save', id, name: 'number', source: source(version) });
    const { change } = await editor.next('skill.saved', frame => frame.re === id);
    expect(change).toMatchObject({ kind: 'changed', version: version + 1 });
    editor.frames.length = 0;
  }
  isOver = true;
  await talker.until(() => answers.length >= sent);
  const [numbers, versions] = [0, 1].map(part =>
    answers.map(answer => Number.parseInt(answer.split(' ')[part]!, 10))
  );
  expect(answers.filter(answer => !answer.endsWith('!'))).toEqual([]);
  expect(numbers).toEqual(Array.from({ length: sent }, (_, i) => i + 1));
  expect(versions).toEqual(versions!.toSorted((a, b) => a - b));
  expect(new Set(versions).size).toBeGreaterThan(reloads / 10);
});
