import { expect, test } from 'vitest';
import { Presence } from '../../../src/bot/server';
import { HandClock } from '../../support/hand-clock';

function setUp() {
  const clock = new HandClock();
  let deserted = 0;
  const presence = new Presence(clock, () => deserted++);
  return { clock, presence, deserted: () => deserted };
}

test('a bot that nobody comes to leaves after a while', async () => {
  const { clock, deserted } = setUp();
  await clock.advance(59_999);
  expect(deserted()).toBe(0);
  await clock.advance(1);
  expect(deserted()).toBe(1);
});

test('it stays while anyone is there, and some seconds longer', async () => {
  const { clock, presence, deserted } = setUp();
  const first = presence.enter();
  const second = presence.enter();
  first();
  first();
  await clock.advance(600_000);
  expect(deserted()).toBe(0);
  second();
  await clock.advance(4999);
  const third = presence.enter();
  await clock.advance(600_000);
  expect(deserted()).toBe(0);
  third();
  await clock.advance(5000);
  expect(deserted()).toBe(1);
});
