import path from 'node:path';
import { expect, test } from 'vitest';
import { SkillThreadHandle } from '../../../src/bot/runtime/skill-thread-handle';
import { HandClock } from '../../support/hand-clock';

const PROGRAM = path.resolve('dist/skill-thread.cjs');

function open(clock: HandClock): SkillThreadHandle {
  const bot = { name: 'chatops', version: '1' };
  return new SkillThreadHandle(PROGRAM, { workspace: '/', bot }, clock, {
    limitOf: () => 1,
    ownerOf: () => undefined,
    blocked: () => undefined
  });
}

test('a thread that has ended is not looked after any more, whatever it is sent', async () => {
  const clock = new HandClock();
  const thread = open(clock);
  await expect.poll(() => thread.isReady).toBe(true);
  thread.send({ type: 'abort', run: 1, reason: 'x' });
  await thread.stop();
  thread.send({ type: 'abort', run: 2, reason: 'x' });
  await clock.advance(1000);
  expect(clock.pending).toBe(0);
});

test('a thread that is stuck when it ends is not looked after any more, either', async () => {
  const clock = new HandClock();
  const thread = open(clock);
  await expect.poll(() => thread.isReady).toBe(true);
  // What goes elsewhere may send something to the thread at the very moment that it is found stuck.
  thread.stuck.on(() => thread.send({ type: 'abort', run: 2, reason: 'x' }));
  thread.send({ type: 'abort', run: 1, reason: 'x' });
  clock.sleep(60_000);
  await clock.advance(50);
  await thread.stop();
  await clock.advance(1000);
  expect(clock.pending).toBe(0);
});
