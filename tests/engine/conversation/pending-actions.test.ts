import { describe, expect, onTestFinished, test } from 'vitest';
import { MemoryJournal } from '../../../src/engine';
import { matchParse, matchRegex, type CommandOptions, type Message } from '../../../src/skill';
import { testBot, type TestBot, type TestBotOptions } from '../../../src/testing';
import { EngineHarness, FullRecorder } from '../../support/engine';
import { matcher, saying, skill } from '../../support/skills';

const DEPLOY = `
import { matchParse } from 'chatops';
export const deploy = matchParse(
  'deploy {service:w} to {place:w}',
  { confirm: 'Deploy {service} to {place}?', OPTIONS },
  async (bot, config, message) => {
    await message.respond(\`\${message.entities.service} is on \${message.entities.place}, as \${message.user} wished\`);
  }
);
`;

function bot(options: string | CommandOptions = '', more: Partial<TestBotOptions> = {}): TestBot {
  const deploy =
    typeof options === 'string'
      ? { name: 'deploy', source: DEPLOY.replace('OPTIONS', options) }
      : { name: 'deploy', exports: { deploy: command(options) } };
  const echo = matchRegex(/^(yes|no|ok)$/, (message: Message) => message.respond('echoed'));
  const chat = testBot({
    skills: [deploy, { name: 'echo', exports: { echo } }],
    roles: { ops: ['carl'] },
    ...more
  });
  onTestFinished(() => chat.close());
  return chat;
}

function command(options: CommandOptions) {
  return matchParse('deploy {service:w} to {place:w}', options, (message: Message) =>
    message.respond('done')
  );
}

describe('what has to be confirmed', () => {
  test('is stated exactly, and done after a yes, with what was stated', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    const asked = await ann.says('deploy web to prod');
    expect(asked.outcome).toBe('asked');
    expect(chat.expectReply('Deploy web to prod?\nAnswer with: yes, no').buttons).toEqual([
      'Yes',
      'No'
    ]);
    const answered = await ann.says('yes');
    chat.expectReplies(['web is on prod, as ann wished']);
    expect(answered.outcome).toBe('answer');
    expect(chat.replies[0]?.answers).toBe(asked.seq);
  });

  test('is done by a press of its button, and only once', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('deploy web to prod');
    await ann.presses('Yes');
    chat.expectReplies(['web is on prod, as ann wished']);
    await ann.presses('Yes');
    chat.expectReply(/^Nothing waits for this answer any more\./);
    await ann.says('yes');
    chat.expectReplies(['echoed']);
  });

  test.each(['no', 'No!', 'cancel', 'never mind'])('is not done after “%s”', async words => {
    const chat = bot();
    await chat.user('ann').says('deploy web to prod');
    await chat.user('ann').says(words);
    chat.expectReplies(['It is not done.']);
  });

  test('is not confirmed by anything else that is said', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('deploy web to prod');
    await ann.says('yes please, but tomorrow');
    chat.expectOutcome('unmatched');
    await ann.says('yes');
    chat.expectReply(/web is on prod/);
  });

  test('is not confirmed from another room, nor by an edit', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    const { seq } = await ann.says('hm');
    await ann.says('deploy web to prod');
    await ann.in('ops').says('yes');
    chat.expectReplies(['echoed']);
    await ann.edits('yes', seq);
    expect(chat.texts).not.toContain('web is on prod, as ann wished');
  });

  test('is not confirmed by anybody else', async () => {
    const chat = bot();
    await chat.user('ann').says('deploy web to prod');
    await chat.user('ben').says('yes');
    chat.expectReplies(['echoed']);
    await chat.user('ben').presses('Yes');
    chat.expectReplies(['Only ann can answer this.']);
    await chat.user('ann').says('yes');
    chat.expectReply(/web is on prod/);
  });

  test('is over after five minutes', async () => {
    const chat = bot();
    await chat.user('ann').says('deploy web to prod');
    await chat.clock.advance('5 minutes');
    await chat.user('ann').says('yes');
    chat.expectReplies(['echoed']);
    await chat.user('ann').presses('Yes');
    chat.expectReply(/^Nothing waits/);
  });
});

describe('of several proposals', () => {
  const LIST = [
    'Several things wait for an answer here:',
    '1. Deploy web to prod?',
    '2. Deploy db to test?',
    'Say which one you mean, as in `yes 1`, or press its button.'
  ].join('\n');

  test('none is meant by a bare yes, no or cancel', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('deploy web to prod');
    await ann.says('deploy db to test');
    for (const words of ['yes', 'no', 'ok', 'cancel']) {
      await ann.says(words);
      chat.expectReplies([LIST]);
    }
  });

  test('each is answered by its number, and keeps it', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('deploy web to prod');
    await ann.says('deploy db to test');
    await ann.says('yes 7');
    chat.expectReplies([LIST]);
    await ann.says('no 1');
    chat.expectReplies(['It is not done.']);
    await ann.says('deploy log to prod');
    await ann.says('Yes #3!');
    chat.expectReply(/log is on prod/);
    await ann.says('yes');
    chat.expectReply(/db is on test/);
  });

  test('each is answered by its own button, or by a reply to its question', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('deploy web to prod');
    const [question] = chat.replies;
    await ann.says('deploy db to test');
    await ann.does({ type: 'Reply', data: {}, text: 'yes', target: question!.seq });
    chat.expectReply(/web is on prod/);
    await ann.says('deploy web to prod');
    await ann.presses('Yes');
    chat.expectReply(/web is on prod/);
    await ann.says('yes');
    chat.expectReply(/db is on test/);
  });

  test('the one is meant whose thread the answer is in', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    const { seq } = await ann.says('hm');
    await ann.says('deploy web to prod', { thread: seq });
    await ann.says('deploy db to test');
    await ann.says('yes', { thread: seq });
    chat.expectReply(/web is on prod/);
    await ann.says('yes');
    chat.expectReply(/db is on test/);
  });

  test('one takes the place of an earlier one for the same, asked by the same', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('deploy web to prod');
    await ann.says('deploy web to prod');
    await ann.says('yes');
    chat.expectReply(/web is on prod/);
    await ann.says('yes');
    chat.expectReplies(['echoed']);
  });

  test('those of other people are none of one’s own', async () => {
    const chat = bot();
    await chat.user('ann').says('deploy web to prod');
    await chat.user('ben').says('deploy db to test');
    await chat.user('ann').says('yes');
    chat.expectReplies(['web is on prod, as ann wished']);
  });

  test('their numbers outlive a restart', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('deploy web to prod');
    await ann.says('deploy db to test');
    await chat.restart();
    await ann.says('yes 2');
    chat.expectReply(/db is on test/);
  });

  test('a number says nothing while there are none', async () => {
    const chat = bot();
    await chat.user('ann').says('yes 1');
    chat.expectOutcome('unmatched');
  });
});

describe('a proposal and the code it is about', () => {
  test('outlive a restart together', async () => {
    const chat = bot();
    await chat.user('ann').says('deploy web to prod');
    await chat.restart();
    await chat.user('ann').says('yes');
    chat.expectReplies(['web is on prod, as ann wished']);
  });

  test('that ran out while the bot was away is over', async () => {
    const journal = new MemoryJournal();
    const skills = [
      skill('deploy', [matcher(/^deploy$/, { confirm: 'Really?' })], saying('done')),
      skill('echo', [matcher(/^yes$/)], saying('echoed'))
    ];
    const first = new EngineHarness(skills, { journal });
    await first.say('deploy');
    first.engine.stop();
    await first.clock.advance(6 * 60_000);
    const second = new EngineHarness(skills, { journal, clock: first.clock });
    second.engine.resume();
    await second.clock.advance(0);
    expect(journal.openActions()).toEqual([]);
    expect(await second.ask('yes', { id: 'later' })).toEqual(['echoed']);
  });

  test('part when the code changes: another version needs another yes', async () => {
    const chat = bot();
    await chat.user('ann').says('deploy web to prod');
    const changed = DEPLOY.replace('OPTIONS', '').replace('is on', 'is gone from');
    await chat.reload({ name: 'deploy', source: changed });
    await chat.user('ann').says('yes');
    chat.expectReply(/The skill `deploy` was changed meanwhile, so I ask again\./);
    await chat.user('ann').says('yes');
    chat.expectReplies(['web is gone from prod, as ann wished']);
  });

  test('part for good when the changed code does not understand what was said', async () => {
    const chat = bot();
    await chat.user('ann').says('deploy web to prod');
    const changed = DEPLOY.replace('OPTIONS', '').replace("'deploy {", "'bring {");
    await chat.reload({ name: 'deploy', source: changed });
    await chat.user('ann').says('yes');
    chat.expectReply(/The skill `deploy` was changed after this was proposed, so it is not done\./);
  });

  test('stay together when the same code is loaded again', async () => {
    const chat = bot();
    await chat.user('ann').says('deploy web to prod');
    await chat.reload({ name: 'deploy', source: DEPLOY.replace('OPTIONS', '') });
    await chat.user('ann').says('yes');
    chat.expectReply(/web is on prod/);
  });
});

describe('roles', () => {
  test('are looked at before anything is proposed', async () => {
    const chat = bot(`roles: ['ops']`);
    await chat.user('ann').says('deploy web to prod');
    chat.expectReplies(['deploy is not done: it takes the role ops.']);
    chat.expectOutcome('refused');
  });

  test('are looked at again before it is done', async () => {
    const source = DEPLOY.replace(
      'OPTIONS',
      `roles: { ops: async (args, message) => !globalThis.chatOpsLocked }`
    );
    const chat = bot('', { skills: [{ name: 'deploy', source }] });
    onTestFinished(() => {
      delete (globalThis as Record<string, unknown>).chatOpsLocked;
    });
    const carl = chat.user('carl');
    await carl.says('deploy web to prod');
    (globalThis as Record<string, unknown>).chatOpsLocked = true;
    await carl.says('yes');
    chat.expectReplies(['deploy is not done: as ops, not with these arguments.']);
  });

  test('of approvers let others confirm, and only them', async () => {
    const chat = bot(`approvers: ['ops']`);
    await chat.user('ann').says('deploy web to prod');
    chat.expectReply(/It takes a yes of someone with the role ops\./);
    await chat.user('ann').says('yes');
    chat.expectReplies(['echoed']);
    await chat.user('ann').presses('Yes');
    chat.expectReplies(['Only someone with the role ops can answer this.']);
    await chat.user('carl').says('yes');
    chat.expectReplies(['web is on prod, as ann wished']);
  });

  test('do not make an approval of words said in passing', async () => {
    const chat = bot(`approvers: ['ops']`);
    await chat.user('ann').says('deploy web to prod');
    await chat.user('carl').says('ok');
    chat.expectReplies(['echoed']);
    await chat.user('carl').says('approve');
    chat.expectReply(/web is on prod/);
  });
});

describe('the question', () => {
  test('may be worded by a function of the arguments, which may also find it needless', async () => {
    const chat = bot({
      confirm: ({ place, service }) => (place === 'prod' ? `${service} in production?` : false)
    });
    await chat.user('ann').says('deploy web to prod');
    chat.expectReply(/^web in production\?/);
    await chat.user('ann').says('deploy web to test');
    chat.expectReplies(['done']);
  });

  test('that cannot be worded keeps the skill from running', async () => {
    const chat = bot({
      confirm: () => {
        throw new Error('no fuse');
      }
    });
    await chat.user('ann').says('deploy web to prod');
    chat.expectReply(/the function that words what has to be confirmed failed/);
    chat.expectOutcome('failed');
  });

  test('comes by itself where approvers are named and no words', async () => {
    const chat = bot({ approvers: ['ops'] });
    await chat.user('ann').says('deploy web to prod');
    chat.expectReply(/^Shall `deploy web to prod` be done\?/);
  });

  test('is answered for all to see, where the connector can change it', async () => {
    const connector = new FullRecorder();
    const harness = new EngineHarness(
      [skill('deploy', [matcher(/^deploy$/, { confirm: 'Really?' })], saying('done'))],
      { connector }
    );
    await harness.say('deploy');
    const question = connector.delivered[0]!;
    await harness.say('yes');
    const [update] = connector.updates;
    expect(update).toMatchObject({
      seq: question.seq,
      patch: { blocks: [{}, { type: 'buttons', answer: { value: 'yes', user: { id: 'ann' } } }] }
    });
    expect(harness.journal.get(1)?.handled).toMatchObject({ outcome: 'answered', skill: 'deploy' });
  });
});

test('an explanation says that it would be asked for, and nothing is proposed', async () => {
  const chat = bot();
  expect((await chat.explain('deploy web to prod', { user: 'ann' })).outcome).toBe('asked');
  await chat.user('ann').says('yes');
  chat.expectReplies(['echoed']);
});
