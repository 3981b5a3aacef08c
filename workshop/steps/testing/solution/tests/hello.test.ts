import { test } from 'node:test';
import { testBot } from 'chatops/testing';

test('answers a greeting', async () => {
  const chat = testBot({ skills: ['hello'] });
  await chat.user('Ann').says('hello');
  chat.expectReply(/Ann/);
});

test('leaves a sentence alone that only has a greeting in it', async () => {
  const chat = testBot({ skills: ['hello'] });
  await chat.user('Ann').says('do not say hello to this message');
  chat.expectNoReply();
});
