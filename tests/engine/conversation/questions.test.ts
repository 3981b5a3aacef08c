import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { buttons, matchRegex, type Message } from '../../../src/skill';
import { testBot, type TestBot } from '../../../src/testing';
import { ANN, EngineHarness } from '../../support/engine';
import { matcher, skill } from '../../support/skills';

/** Skills that ask. */
const asking = {
  name: async (message: Message) =>
    message.respond(`Hello ${await message.ask('Your name?', { timeout: 60 })}`),
  sure: async (message: Message) =>
    message.respond((await message.confirm('Are you sure?')) ? 'going on' : 'not going on'),
  colour: async (message: Message) =>
    message.respond(await message.choose('Which?', { Red: '#f00', 'Light blue': '#0cf' })),
  own: async (message: Message) =>
    message.respond(await message.ask('What?', { cancelWords: ['basta'] }))
};

function bot(): TestBot {
  const chat = testBot({
    skills: [
      Object.fromEntries(
        Object.entries(asking).map(([name, ask]) => [
          name,
          matchRegex(new RegExp(`^${name}$`), ask as (message: Message) => unknown)
        ])
      ),
      { name: 'echo', exports: { echo: matchRegex(/^echo/, (m: Message) => m.respond('echoed')) } }
    ]
  });
  onTestFinished(() => chat.close());
  return chat;
}

describe('a question', () => {
  test('is answered by what the person says next, whatever that would be otherwise', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('name');
    chat.expectReply('Your name?');
    await ann.says('echo');
    chat.expectReplies(['Hello echo']);
    chat.expectOutcome('answer');
    await ann.says('echo');
    chat.expectReplies(['echoed']);
  });

  test('is nobody else’s, and not another room’s', async () => {
    const chat = bot();
    const [ann, ben] = [chat.user('ann'), chat.user('ben')];
    await ann.says('name');
    await ben.says('name');
    await ben.in('ops').says('Benjamin');
    chat.expectOutcome('unmatched');
    await ben.says('Ben');
    chat.expectReplies(['Hello Ben']);
    await ann.says('Ann');
    chat.expectReplies(['Hello Ann']);
  });

  test('is not answered by an edit of something said before', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    const { seq } = await ann.says('helo');
    await ann.says('name');
    await ann.edits('hello', seq);
    chat.expectNoReply();
    await ann.says('Ann');
    chat.expectReply('Hello Ann');
  });

  test('of the same person waits while a newer one is answered', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('name');
    // The room goes on although one of its messages waits.
    await chat.user('ben').says('echo');
    chat.expectReplies(['echoed']);
    await ann.in('ops').says('sure');
    await ann.in('ops').says('yes');
    chat.expectReplies(['going on']);
    await ann.says('Ann');
    chat.expectReply('Hello Ann');
  });

  test('that nobody answers is given up, and said so', async () => {
    const chat = bot();
    await chat.user('ann').says('name');
    await chat.clock.advance('59 seconds');
    chat.expectNoReply();
    await chat.clock.advance('1 second');
    chat.expectReply(
      'Nobody answered within 60 s.\nAsk for it again, and answer sooner. A skill can wait longer with the option `timeout`.'
    );
    await chat.user('ann').says('Ann');
    chat.expectOutcome('unmatched');
  });

  test.each(['cancel', 'Stop.', 'Never mind!'])('is called off by “%s”', async words => {
    const chat = bot();
    const ann = chat.user('ann');
    const turn = await ann.says('name');
    await ann.says(words);
    chat.expectReplies(['Cancelled.']);
    expect((await chat.explain('x')).outcome).toBe('unmatched');
    expect(chat.transcript()).not.toContain('Hello');
    expect(turn.outcome).toBe('pending');
  });

  test('may have cancel words of its own', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('own');
    await ann.says('cancel');
    chat.expectReply('cancel');
    await ann.says('own');
    await ann.says('Basta!');
    chat.expectReply('Cancelled.');
  });

  test('from where nobody is, as in a schedule, is an error', async () => {
    const harness = new EngineHarness([
      skill('ask', [matcher(/ask/)], async (_, context) => {
        await context.request({
          method: 'ask',
          kind: 'ask',
          content: { text: '?' },
          place: { connector: '', room: '' },
          user: ANN,
          timeout: 1
        });
      })
    ]);
    expect(await harness.ask('ask')).toEqual([
      expect.stringContaining('a person who could answer')
    ]);
  });
});

describe('yes or no', () => {
  test.each([
    ['yes', 'going on'],
    ['Yep!', 'going on'],
    ['do it', 'going on'],
    ['ja', 'going on'],
    ['No.', 'not going on'],
    ['don’t', 'not going on'],
    ['nein', 'not going on']
  ])('%s: %s', async (words, answer) => {
    const chat = bot();
    await chat.user('ann').says('sure');
    await chat.user('ann').says(words);
    chat.expectReplies([answer]);
  });

  test('is asked for again when it was neither', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('sure');
    await ann.says('maybe yes');
    chat.expectReplies(['Please answer with yes or no, or say cancel.']);
    await ann.says('yes');
    chat.expectReply('going on');
  });
});

describe('a choice', () => {
  test.each([
    ['#f00', '#f00'],
    ['light  BLUE', '#0cf'],
    ['2', '#0cf']
  ])('is made by %s', async (words, value) => {
    const chat = bot();
    await chat.user('ann').says('colour');
    await chat.user('ann').says(words);
    chat.expectReplies([value]);
  });

  test('is made by a button, and the buttons are gone then', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('colour');
    const question = chat.expectReply(/Which/);
    expect(question.buttons).toEqual(['Red', 'Light blue']);
    await ann.presses('Red');
    chat.expectReplies(['#f00']);
    expect(chat.transcript()).toContain('bot (skill): Which?\n');
  });

  test('is not made by what is none of it', async () => {
    const chat = bot();
    await chat.user('ann').says('colour');
    await chat.user('ann').says('3');
    chat.expectReplies(['Please answer with Red, Light blue, or say cancel.']);
  });
});

describe('a button', () => {
  test('of somebody else’s question does nothing, and says whose it is', async () => {
    const chat = bot();
    await chat.user('ann').says('sure');
    await chat.user('ben').presses('Yes');
    chat.expectReplies(['This question is for ann.']);
    await chat.user('ann').presses('Yes');
    chat.expectReplies(['going on']);
  });

  test('of a question that was answered or is over does nothing any more', async () => {
    const chat = bot();
    const ann = chat.user('ann');
    await ann.says('sure');
    await ann.presses('No');
    await ann.presses('Yes');
    chat.expectReplies(['Nothing waits for this answer any more.']);
    await ann.says('sure');
    await chat.clock.advance('3 minutes');
    await ann.presses('Yes');
    chat.expectReplies(['Nothing waits for this answer any more.']);
  });

  test('cannot say what it does not offer', async () => {
    const harness = new EngineHarness([
      skill('ask', [matcher(/ask/)], async (invocation, context) => {
        await context.request({
          method: 'ask',
          kind: 'choose',
          content: { text: '?' },
          place: invocation.message,
          user: ANN,
          choices: [{ label: 'A', value: 'a' }],
          timeout: 1000
        });
      })
    ]);
    await harness.receive('ask');
    await harness.clock.advance(0);
    const block = harness.connector.delivered[0]?.blocks ?? [];
    expect(block).toEqual([]);
    const asked = [...Array(harness.engine.registry.considered + 2).keys()]
      .map(seq => harness.journal.get(seq))
      .flatMap(message => message?.blocks ?? [])
      .find(each => each.type === 'buttons');
    const press = harness.receive('b', {
      event: { type: 'Press', data: { block: asked!.id, value: 'b' } }
    });
    await press;
    await harness.clock.advance(0);
    expect(harness.texts.at(-1)).toBe('`b` is none of the answers.');
  });

  test('that belongs to no question says its value, as if it had been written', async () => {
    const chat = testBot({
      skills: [
        {
          offer: matchRegex(/^offer$/, (m: Message) =>
            m.respond(['Take one:', buttons('tea', { label: 'Coffee', value: 'coffee please' })])
          ),
          take: matchRegex(/^(tea|coffee)/, (m: Message) => m.respond(`Here is your ${m.match[1]}`))
        }
      ]
    });
    onTestFinished(() => chat.close());
    await chat.user('ann').says('offer');
    chat.expectReply('Take one:\nAnswer with: tea, coffee please (Coffee)');
    await chat.user('ben').presses('Coffee');
    chat.expectReplies(['Here is your coffee']);
  });
});

test('two people in one room never answer each other’s question, in whatever order they speak', async () => {
  const people = ['ann', 'ben', 'carl'];
  const steps = fc.array(fc.record({ who: fc.constantFrom(...people), asks: fc.boolean() }), {
    maxLength: 12
  });
  await fc.assert(
    fc.asyncProperty(steps, async list => {
      const chat = testBot({ skills: [{ name: matchRegex(/^name$/, asking.name) }] });
      const asked = new Set<string>();
      for (const { who, asks } of list) {
        if (asks && !asked.has(who)) {
          await chat.user(who).says('name');
          asked.add(who);
        } else {
          await chat.user(who).says(`I am ${who}`);
          expect(chat.texts).toEqual(asked.delete(who) ? [`Hello I am ${who}`] : []);
        }
      }
      await chat.close();
    }),
    { numRuns: 20 }
  );
});
