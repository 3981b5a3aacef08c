import { describe, expect, onTestFinished, test } from 'vitest';
import {
  events,
  matchCrontab,
  matchEvent,
  matchRegex,
  matchWebhook,
  type Message
} from '../../src/skill';
import { testBot, type TestBot, type TestBotOptions } from '../../src/testing';
import { temporaryFolder } from '../support/temporary-folder';

const HELLO = `
import { matchRegex } from 'chatops';
export const hello = matchRegex(/^hello$/, async (bot, config, message) => {
  await message.respond(\`\${config.greeting ?? 'Hi'} \${message.user}\`);
});
`;

function bot(options: TestBotOptions): TestBot {
  const chat = testBot(options);
  onTestFinished(() => chat.close());
  return chat;
}

/** What an expectation that is not met says. */
async function failureOf(check: () => unknown): Promise<string> {
  try {
    await check();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was met');
}

const echo = matchRegex(/.+/, async (message: Message) => {
  await message.respond(`${message.user}: ${message.text}`);
});

describe('skills are', () => {
  test('their folder or file, loaded as the bot loads them', async () => {
    const root = temporaryFolder({
      'skills/hello/index.ts': HELLO,
      'bye.js': `
        import { matchRegex } from 'chatops';
        import { word } from './word';
        export const bye = matchRegex(/bye/, message => message.respond(word));
      `,
      'word.ts': `export const word: string = 'Bye!';`
    });
    const chat = bot({ root, skills: ['hello', 'bye.js'] });
    await chat.user('ann').says('hello');
    chat.expectReply('Hi ann');
    await chat.user('ann').says('bye');
    chat.expectReplies(['Bye!']);
    chat.expectSkill('bye');
  });

  test('a source, with its section of the configuration', async () => {
    const chat = bot({ skills: [{ name: 'hello', source: HELLO, config: { greeting: 'Hallo' } }] });
    await chat.user('ann').says('hello');
    chat.expectReply(/^Hallo ann$/);
  });

  test('a module that the test imported, or one matcher', async () => {
    const other = {
      hi: matchRegex(/^hi$/, { scoreFactor: 1 }, (message: Message) => message.respond('Hi!'))
    };
    const chat = bot({ skills: [echo, other, { name: 'third', exports: { echo } }] });
    await chat.user('ann').says('hi');
    chat.expectReply('Hi!');
    chat.expectSkill('skill2');
    await chat.user('ann').says('what?');
    chat.expectReply('ann: what?');
  });

  test('refused with file, line and excerpt when they will not load', async () => {
    const chat = bot({
      root: temporaryFolder({
        'broken.ts': 'import { matchRegexx } from "chatops";\nmatchRegexx();'
      }),
      skills: ['broken.ts']
    });
    const message = await failureOf(() => chat.user('ann').says('x'));
    expect(message).toContain('CHATOPS_SKILL_IMPORT_NAME at broken.ts:1:10');
    expect(message).toContain('did you mean `matchRegex`');
    expect(() => bot({ skills: ['nowhere'] })).toThrow('does not exist: nowhere');
  });
});

describe('people', () => {
  test('speak in rooms, each with their own name and id', async () => {
    const chat = bot({
      skills: [
        matchRegex(/who/, async (_bot, _config, message) => {
          await message.respond(`${message.user} ${message.userId} ${message.room}`);
        })
      ]
    });
    const ann = chat.user('Ann', { id: 'u1' });
    await ann.says('who');
    chat.expectReply('Ann u1 general');
    const turn = await ann.in('ops').says('who');
    expect(turn).toMatchObject({
      outcome: 'answered',
      replies: [{ text: 'Ann u1 ops', room: 'ops', answers: turn.seq }]
    });
    await chat.user('ben').says('who');
    chat.expectReplies(['ben ben general']);
  });

  test('hold roles', async () => {
    const chat = bot({
      roles: { ops: ['carl'] },
      skills: [
        matchRegex(/deploy/, { roles: ['ops'] }, (message: Message) => message.respond('done'))
      ]
    });
    await chat.user('ann').says('deploy');
    chat.expectOutcome('refused');
    chat.expectReply(/it takes the role ops/);
    await chat.user('carl').says('deploy');
    chat.expectReply('done');
    await chat.user('ben', { roles: ['ops'] }).says('deploy');
    chat.expectReply('done');
  });

  test('react, edit, and bring other events about', async () => {
    const seen: string[] = [];
    const note = async (message: Message): Promise<void> => {
      seen.push(`${message.event.type} ${JSON.stringify(message.event.data)} ${message.text}`);
    };
    const chat = bot({
      skills: [
        {
          reaction: matchEvent('Reaction', note),
          edit: matchEvent(events.EditedMessage, note),
          join: matchEvent(events.JoinRoom, note),
          echo
        }
      ]
    });
    const ann = chat.user('ann');
    await ann.says('one');
    await ann.reacts('👍');
    expect(chat.replies).toEqual([]);
    await ann.edits('two');
    await ann.does(new events.JoinRoom());
    expect(seen).toEqual(['Reaction {"emoji":"👍"} ', 'EditedMessage {} two', 'JoinRoom {} ']);
    expect(chat.transcript()).toContain('#general ann: two');
  });

  test('press buttons by what is written on them', async () => {
    const chat = bot({
      skills: [
        matchRegex(/deploy/, async (_bot, _config, message) => {
          const place = await message.choose('Where?', { Production: 'prod', Test: 'test' });
          await message.respond(`to ${place}`);
        })
      ]
    });
    const ann = chat.user('ann');
    const asked = await ann.says('deploy');
    expect(asked.outcome).toBe('pending');
    expect(chat.expectReply(/Where/).buttons).toEqual(['Production', 'Test']);
    expect(await failureOf(() => ann.presses('Staging'))).toBe(
      'ann sees no button `Staging` in general; there are Production, Test.'
    );
    await ann.presses('Production');
    chat.expectReply('to prod');
  });
});

describe('time', () => {
  test('passes by hand: schedules, questions, timers, dates', async () => {
    const chat = bot({
      now: '2026-05-06T08:59:30Z',
      skills: [
        {
          standup: matchCrontab('0 9 * * mon-fri', (bot, _config) => bot.send('Stand-up!')),
          ask: matchRegex(/^ask$/, async (_bot, _config, message) => {
            await message.ask('What?', { timeout: 30 });
          }),
          wait: matchRegex(/^wait$/, async (_bot, _config, message) => {
            const began = Date.now();
            await new Promise(resolve => setTimeout(resolve, 2000));
            await message.respond(`${Date.now() - began} ms, ${new Date().toISOString()}`);
          })
        }
      ]
    });
    await chat.clock.advance('29 seconds');
    chat.expectNoReply();
    await chat.clock.advance('1 s');
    chat.expectReply('Stand-up!');
    await chat.user('ann').says('ask');
    await chat.clock.advance('30s');
    chat.expectReply(/Nobody answered within 30 s/);
    await chat.user('ann').says('wait');
    chat.expectNoReply();
    await chat.clock.advance(1999);
    chat.expectNoReply();
    await chat.clock.advance(1);
    chat.expectReply('2000 ms, 2026-05-06T09:00:32.000Z');
    await chat.clock.advanceTo('2026-05-08T09:00');
    chat.expectReplies(['Stand-up!', 'Stand-up!']);
    expect(chat.clock.now().toISOString()).toBe('2026-05-08T09:00:00.000Z');
  });

  test('outside of skills is what it was', async () => {
    const chat = bot({ skills: [echo] });
    const before = Date.now();
    await chat.user('ann').says('x');
    expect(Date.now() - before).toBeLessThan(10_000);
    await new Promise(resolve => setTimeout(resolve, 1));
    expect(new Date().getFullYear()).toBe(new Date(before).getFullYear());
  });

  test('a run ends at its time limit', async () => {
    const chat = bot({
      skills: [
        {
          name: 'slow',
          exports: {
            slow: matchRegex(/x/, () => new Promise(resolve => setTimeout(resolve, 1e6)))
          },
          config: { timeout: 5 }
        }
      ]
    });
    await chat.user('ann').says('x');
    await chat.clock.advance('5 s');
    chat.expectReply(/it had not finished after 5 s/);
  });

  test.each(['5 parsecs', '', -1, 'soon'])('is not passed by %j', async duration => {
    const chat = bot({ skills: [echo] });
    await expect(chat.clock.advance(duration)).rejects.toThrow('no length of time');
  });
});

describe('the outside world', () => {
  const chuck = {
    fact: matchRegex(/^fact$/, async (_bot, _config, message) => {
      const response = await fetch('https://facts.example/random?from=bot');
      const { fact } = (await response.json()) as { fact: string };
      await message.respond(fact);
    })
  };

  test('has what the test puts there', async () => {
    const chat = bot({ skills: [chuck] });
    chat.http.get('https://facts.example/random', { fact: 'one' }, { fact: 'two' });
    const ann = chat.user('ann');
    const texts: string[] = [];
    for (let i = 0; i < 3; i++) {
      await ann.says('fact');
      texts.push(...chat.texts);
    }
    expect(texts).toEqual(['one', 'two', 'two']);
    expect(chat.http.requests.map(({ method, url }) => [method, url])).toEqual(
      Array.from({ length: 3 }, () => ['GET', 'https://facts.example/random?from=bot'])
    );
  });

  test('answers by functions, with a status, or not at all', async () => {
    const post = {
      post: matchRegex(/^post (.*)$/, async (_bot, _config, message) => {
        const response = await fetch('https://api.example/items', {
          method: 'POST',
          body: message.match[1]!
        });
        await message.respond(`${response.status} ${await response.text()}`);
      })
    };
    const chat = bot({ skills: [post] });
    chat.http.post(/items$/, (request: { body: string }) => ({
      status: 201,
      body: request.body.toUpperCase()
    }));
    await chat.user('ann').says('post tea');
    chat.expectReply('201 TEA');
    chat.http.post(/items$/, new TypeError('fetch failed'));
    await chat.user('ann').says('post tea');
    chat.expectOutcome('failed');
  });

  test('has nothing else', async () => {
    const chat = bot({ skills: [chuck] });
    await chat.user('ann').says('fact');
    chat.expectReply(/the test has no answer to GET https:\/\/facts\.example\/random/);
  });
});

describe('a webhook', () => {
  test('is called, and its answer looked at', async () => {
    const chat = bot({
      skills: [
        {
          name: 'ci',
          exports: {
            deployed: matchWebhook('deployed', async (bot, _config, message) => {
              const { service } = message.request!.json();
              await bot.send(`${service} is live`, { room: 'ops' });
              return { status: 202, body: { seen: service } };
            }),
            silent: matchWebhook('silent', () => undefined),
            broken: matchWebhook('broken', () => {
              throw new Error('no fuse');
            })
          }
        }
      ]
    });
    const answer = await chat.webhook('deployed', { json: { service: 'web' } });
    expect([answer.status, answer.json()]).toEqual([202, { seen: 'web' }]);
    expect(chat.expectReply('web is live').room).toBe('ops');
    expect((await chat.webhook('silent')).json()).toEqual({ called_skill: 'silent' });
    expect(await chat.webhook('broken')).toMatchObject({ status: 500 });
    expect(await failureOf(() => chat.webhook('nothing'))).toBe(
      'There is no webhook `nothing`; there are ci/deployed, ci/silent, ci/broken.'
    );
  });
});

describe('what is remembered', () => {
  const counter = {
    name: 'counter',
    exports: {
      count: matchRegex(/^count$/, async (bot, _config, message) => {
        const mine = bot.memory.user(message);
        await message.respond(await mine.update('n', (n = 0) => (n as number) + 1));
      })
    }
  };

  test('can be looked at and put, and outlives a restart', async () => {
    const chat = bot({ skills: [counter] });
    const ann = chat.user('ann');
    await ann.memory('counter').put('n', 41);
    await ann.says('count');
    chat.expectReply('42');
    await chat.restart();
    await ann.says('count');
    chat.expectReply('43');
    await chat.user('ben').says('count');
    chat.expectReply('1');
    expect(await chat.memory('counter').user('ann').get('n')).toBe(43);
    expect(await chat.memory().get('n')).toBeUndefined();
  });
});

describe('an explanation', () => {
  test('says what would be done and why, and nothing is done', async () => {
    const chat = bot({
      skills: [{ name: 'hi', exports: { hi: matchRegex(/hi (?<who>\w+)/, () => 'x') } }, echo]
    });
    const why = await chat.explain('oh hi ann');
    expect(why).toMatchObject({
      skill: 'hi',
      matcher: 'hi',
      outcome: 'answered',
      candidates: [
        { matched: 'hi ann', captures: { who: 'ann' }, pattern: '/hi (?<who>\\w+)/' },
        {}
      ]
    });
    expect(String(why)).toContain('hi hi: /hi (?<who>\\w+)/ fits "hi ann"');
    expect(chat.transcript()).toBe('');
  });
});

describe('a failed expectation', () => {
  test('says what was said, what was answered, and why', async () => {
    const chat = bot({
      skills: [
        {
          name: 'hello',
          exports: {
            hello: matchRegex(/hello/, async (bot, _config, message) => {
              bot.log.warn('about to greet');
              await message.respond('Good day');
            })
          }
        }
      ]
    });
    await chat.user('ann').says('hello');
    expect(await failureOf(() => chat.expectReply(/Hi ann/))).toBe(
      [
        'Expected the reply /Hi ann/.',
        'What was said:',
        '  #general ann: hello',
        '  #general bot (hello): Good day',
        'Why:',
        '  hello hello: /hello/ fits "hello", score 0.583333; wins',
        'What skills logged last:',
        '  hello warning: about to greet'
      ].join('\n')
    );
    await chat.user('ann').says('helo');
    const message = await failureOf(() => chat.expectReply());
    expect(message).toContain('no matcher fits; 1 was tried');
    expect(message).toContain('`hello` (hello) is near');
    expect(await failureOf(() => chat.expectSkill('hello'))).toContain(
      'Expected hello to answer; it was none.'
    );
    chat.expectNoReply();
  });
});

test('a new version of a skill takes the place of the old one', async () => {
  const chat = bot({ skills: [{ name: 'hello', source: HELLO }] });
  await chat.ready;
  await chat.reload({ name: 'hello', source: HELLO.replace("'Hi'", "'Hey'") });
  await chat.user('ann').says('hello');
  chat.expectReplies(['Hey ann']);
});

test('connectors can be such as show text alone', async () => {
  const chat = bot({
    connectors: [{ name: 'irc', shows: 'text', defaultRoom: '#bots' }],
    skills: [
      matchRegex(/go/, async (_bot, _config, message) => {
        const progress = await message.progress('Copying');
        await progress.update(0.5);
        await progress.done();
        await message.stream(['a', 'b', 'c']);
      })
    ]
  });
  await chat.user('ann').says('go');
  expect(chat.replies.map(({ text, room }) => [text, room])).toEqual([
    ['Copying …', '#bots'],
    ['Copying: done', '#bots'],
    ['abc', '#bots']
  ]);
});

test('two bots at once do not know of each other, and closing one leaves the other', async () => {
  const [one, two] = [bot({ skills: [echo], now: 0 }), bot({ skills: [echo], now: 1e12 })];
  await Promise.all([one.user('a').says('1'), two.user('b').says('2')]);
  await one.close();
  await two.user('b').says('3');
  two.expectReply('b: 3');
  await expect(one.user('a').says('4')).rejects.toThrow('This bot was closed');
});
