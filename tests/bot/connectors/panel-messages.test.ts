import { beforeEach, describe, expect, test } from 'vitest';
import type { ChatMessage } from '../../../src/protocol';
import { isolateEndpoints, RawClient, startBot } from '../../support/live-bot';

beforeEach(isolateEndpoints);

const SKILLS = {
  'configuration.yaml': 'skills:\n  - name: ops\n    path: skills/ops\n',
  'skills/ops/index.ts': `import { code, matchEvent, matchRegex, events } from 'chatops';
export const restart = matchRegex(/^restart (?<service>\\w+)$/, { confirm: 'Restart {service}?' }, async message => {
  await message.respond(\`restarted \${message.match.groups.service}\`);
});
export const drink = matchRegex(/^drink$/, async message => {
  const which = await message.choose('Which?', ['tea', 'coffee']);
  await message.respond(\`one \${which} for \${message.user}\`);
});
export const story = matchRegex(/^story$/, async message => {
  const stream = await message.stream();
  for (const word of ['once ', 'upon ', 'a time']) {
    await stream.write(word);
  }
  await stream.end();
});
export const show = matchRegex(/^show$/, async message => {
  await message.respond(code('a: 1', 'yaml'));
});
export const wow = matchEvent(events.Reaction, async message => {
  await message.respond(\`\${message.user} likes it\`);
});
`
};

function said(
  client: RawClient,
  condition: (message: ChatMessage) => boolean
): Promise<ChatMessage> {
  return client.next('message', ({ message }) => condition(message)).then(({ message }) => message);
}

function buttonsOf(message: ChatMessage) {
  return message.blocks!.find(block => block.type === 'buttons')!;
}

describe('buttons', () => {
  test('confirm an action, once, and show who pressed', async () => {
    const { endpoint } = await startBot(SKILLS);
    const ann = await RawClient.greeted(endpoint, { user: { name: 'Ann' } });
    const [question] = await ann.ask('restart web');
    expect(question).toContain('Restart web?');
    const asked = await said(ann, ({ answers }) => answers === 1);
    const { id: block } = buttonsOf(asked);
    const press = { type: 'press', seq: asked.seq, block, value: 'yes' } as const;
    ann.send({ ...press, id: 'p1' });
    await ann.next('done', ({ re }) => re === 'p1');
    await said(ann, ({ text }) => text === 'restarted web');
    const { patch } = await ann.next('update', ({ seq }) => seq === asked.seq);
    expect(patch.blocks).toContainEqual(
      expect.objectContaining({
        type: 'buttons',
        answer: { value: 'yes', user: expect.objectContaining({ name: 'Ann' }) }
      })
    );
    ann.send({ ...press, id: 'p2' });
    await ann.next('done', ({ re }) => re === 'p2');
    expect(await ann.ask('show')).toEqual(['a: 1']);
    expect(
      ann.frames.filter(frame => frame.type === 'message' && frame.message.text === 'restarted web')
    ).toHaveLength(1);
  });

  test('answer the question of a waiting skill, for the one who was asked only', async () => {
    const { endpoint } = await startBot(SKILLS);
    const ann = await RawClient.greeted(endpoint, { user: { name: 'Ann' } }, person('ann'));
    const ben = await RawClient.greeted(endpoint, { user: { name: 'Ben' } }, person('ben'));
    ann.send({ type: 'say', id: 'd', room: 'general', text: 'drink' });
    const asked = await said(ann, ({ text }) => text.startsWith('Which?'));
    const { id: block } = buttonsOf(asked);
    ben.send({ type: 'press', id: 'no', seq: asked.seq, block, value: 'coffee' });
    await ben.next('done', ({ re }) => re === 'no');
    ann.send({ type: 'press', id: 'yes', seq: asked.seq, block, value: 'tea' });
    expect((await said(ann, ({ text }) => text.startsWith('one'))).text).toBe('one tea for Ann');
  });

  test('that are not there cannot be pressed', async () => {
    const { endpoint } = await startBot(SKILLS);
    const ann = await RawClient.greeted(endpoint);
    await ann.ask('show');
    ann.send({ type: 'press', id: 'p', seq: 2, block: 'none', value: 'x' });
    expect((await ann.next('error', ({ re }) => re === 'p')).error.code).toBe(
      'CHATOPS_MESSAGE_UNKNOWN'
    );
  });
});

function person(id: string): Record<string, string> {
  return {
    'x-chatops-client': 'panel',
    'x-chatops-user': encodeURIComponent(JSON.stringify({ id, name: id }))
  };
}

describe('messages', () => {
  test('can be changed and taken back by who wrote them, and by nobody else', async () => {
    const { endpoint, bot } = await startBot(SKILLS);
    const ann = await RawClient.greeted(endpoint, {}, person('ann'));
    const ben = await RawClient.greeted(endpoint, {}, person('ben'));
    await ann.ask('hello');
    ben.send({ type: 'edit', id: 'b', seq: 1, text: 'bye' });
    expect((await ben.next('error', ({ re }) => re === 'b')).error.code).toBe(
      'CHATOPS_MESSAGE_FOREIGN'
    );
    ann.send({ type: 'edit', id: 'a', seq: 1, text: 'hello you' });
    expect((await ben.next('update')).patch).toMatchObject({
      text: 'hello you',
      edited: expect.any(Number)
    });
    ann.send({ type: 'edit', id: 'c', seq: 1 });
    await ben.next('update', ({ patch }) => patch.deleted === true);
    await bot.engine.whenIdle();
    expect(bot.journal.get(1)).toMatchObject({ text: '', deleted: true });
  });

  test('are reacted to, which skills see', async () => {
    const { endpoint } = await startBot(SKILLS);
    const ann = await RawClient.greeted(endpoint, {}, person('ann'));
    await ann.ask('hello');
    ann.send({ type: 'react', id: 'r', seq: 1, emoji: '👍', active: true });
    expect((await ann.next('update')).patch.reactions).toEqual({
      '👍': [{ id: 'jupyter:ann', name: 'ann' }]
    });
    await said(ann, ({ text }) => text === 'ann likes it');
    ann.send({ type: 'react', id: 's', seq: 1, emoji: '👍', active: false });
    await ann.next('update', ({ patch }) => JSON.stringify(patch.reactions) === '{}');
  });

  test('that are still coming grow in place', async () => {
    const { endpoint } = await startBot(SKILLS);
    const ann = await RawClient.greeted(endpoint);
    ann.send({ type: 'say', id: 's', room: 'general', text: 'story' });
    const begun = await said(ann, ({ streaming }) => streaming === true);
    await ann.next(
      'update',
      ({ seq, patch }) => seq === begun.seq && patch.text === 'once upon a time'
    );
    await ann.next('update', ({ seq, patch }) => seq === begun.seq && patch.streaming === false);
  });

  test('have blocks, and the same in words', async () => {
    const { endpoint } = await startBot(SKILLS);
    const ann = await RawClient.greeted(endpoint);
    await ann.ask('show');
    expect(await said(ann, ({ answers }) => answers === 1)).toMatchObject({
      text: 'a: 1',
      blocks: [{ type: 'code', text: 'a: 1', language: 'yaml' }]
    });
  });

  test('that changed while a client was away are told again when it is back', async () => {
    const { endpoint } = await startBot(SKILLS);
    const ann = await RawClient.greeted(endpoint);
    const { journal } = await ann.next('ready');
    await ann.ask('hello');
    ann.send({ type: 'edit', id: 'a', seq: 1, text: 'hello you' });
    await ann.next('update');
    const back = await RawClient.greeted(endpoint, {
      journal,
      rooms: [{ room: 'general', after: 1 }]
    });
    expect(await back.next('update')).toMatchObject({ seq: 1, patch: { text: 'hello you' } });
    expect(await back.next('handled', ({ seq }) => seq === 1)).toMatchObject({
      handled: { outcome: 'unmatched' }
    });
  });
});
