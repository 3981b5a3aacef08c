import { describe, expect, test } from 'vitest';
import type { Finding, LanguageParser } from '../../../src/engine';
import { EngineHarness, type HarnessOptions } from '../../support/engine';
import { FakeParser, intentFound } from '../../support/fake-parser';
import { format, matcher, record, saying, skill } from '../../support/skills';

function nlu(value: string, more: Record<string, unknown> = {}) {
  return record('nlu', { parser: 'nlu', field: 'intent', value, scoreFactor: 1, ...more });
}

function harness(
  parsers: LanguageParser[],
  skills: Parameters<typeof skill>[],
  options: HarnessOptions = {}
): EngineHarness {
  const bot = new EngineHarness(
    skills.map(parts => skill(...parts)),
    options
  );
  bot.engine.parsers.configure(parsers);
  return bot;
}

const GREET: Parameters<typeof skill> = ['greeter', [nlu('greet')], saying('Hello!')];

describe('a language service', () => {
  test('makes the bot answer what no pattern matches', async () => {
    const parser = new FakeParser('nlu', () => ({
      ...intentFound('greet'),
      entities: { who: { value: 'bot', confidence: 0.8 } }
    }));
    const bot = harness([parser], [GREET]);
    const { candidates, outcome } = await bot.trace('good morning to you');
    expect(outcome).toBe('answered');
    expect(candidates).toMatchObject([
      {
        skill: 'greeter',
        entities: { who: { value: 'bot' } },
        score: { basis: 'confidence', base: 0.9, factor: 1, score: 0.9 }
      }
    ]);
    expect(bot.texts).toEqual(['Hello!']);
  });

  test('beats a pattern of the usual weight, as in opsdroid', async () => {
    const parser = new FakeParser('nlu', () => intentFound('greet', 0.7));
    const bot = harness([parser], [GREET, ['exact', /^hello$/, saying('exact')]]);
    expect(await bot.ask('hello')).toEqual(['Hello!']);
  });

  test('is not asked when a pattern has the full score already', async () => {
    const parser = new FakeParser('nlu', () => intentFound('greet', 1));
    const exact = matcher(/^hello$/, { scoreFactor: 1 });
    const bot = harness([parser], [GREET, ['exact', [exact], saying('exact')]]);
    expect(await bot.ask('hello')).toEqual(['exact']);
    expect(parser.asked).toEqual([]);
  });

  test('is not asked when its answer could not win', async () => {
    const parser = new FakeParser('nlu', () => intentFound('greet', 1));
    const modest = nlu('greet', { scoreFactor: 0.5 });
    const bot = harness(
      [parser],
      [
        ['greeter', [modest]],
        ['exact', /^hello$/, saying('exact')]
      ]
    );
    expect(await bot.ask('hello')).toEqual(['exact']);
    expect(parser.asked).toEqual([]);
  });

  test('is not asked for skills that hold elsewhere: the text is not sent away', async () => {
    const parser = new FakeParser('nlu', () => intentFound('greet'));
    const elsewhere = nlu('greet', {
      constraints: [{ on: 'rooms', values: ['lobby'], invert: false }]
    });
    const bot = harness([parser], [['greeter', [elsewhere], saying('Hello!')]]);
    expect(await bot.ask('a secret', { room: 'board' })).toEqual([]);
    expect(parser.asked).toEqual([]);
    expect(await bot.ask('hi', { room: 'lobby' })).toEqual(['Hello!']);
  });

  test('is not asked when no skill waits for it', async () => {
    const parser = new FakeParser('nlu', () => intentFound('greet'));
    const bot = harness([parser], [['other', /x/]]);
    await bot.say('hello');
    expect(parser.asked).toEqual([]);
  });

  test('below its `min-score` is shown, and does not win', async () => {
    const parser = new FakeParser('nlu', () => intentFound('greet', 0.59), { minScore: 0.6 });
    const bot = harness([parser], [GREET]);
    const { candidates, outcome } = await bot.trace('hi');
    expect(outcome).toBe('unmatched');
    expect(candidates[0]!.excluded).toContain('`min-score` of the parser nlu, 0.6');
  });

  test('at exactly its `min-score` wins', async () => {
    const parser = new FakeParser('nlu', () => intentFound('greet', 0.6), { minScore: 0.6 });
    expect(await harness([parser], [GREET]).ask('hi')).toEqual(['Hello!']);
  });

  test('that is dead is one warning, and the other matchers go on', async () => {
    const parser = new FakeParser('nlu', () => {
      throw new Error('nothing listens there');
    });
    const bot = harness([parser], [GREET, ['exact', /^hello$/, saying('exact')]]);
    for (let i = 0; i < 5; i++) {
      expect(await bot.ask('hello')).toEqual(['exact']);
    }
    expect(bot.troubles.map(({ code }) => code)).toEqual(['CHATOPS_PARSER_FAILED']);
    expect(parser.asked.length).toBe(3);
    const { troubles } = await bot.trace('hello');
    expect(troubles[0]!.message).toContain('nothing listens there');
  });

  test('that is not configured is named in the trace', async () => {
    const { troubles } = await harness([], [GREET]).trace('hi');
    expect(troubles.map(({ message }) => message)).toEqual([
      'The skill `greeter` waits for the parser `nlu`, which is not there.'
    ]);
  });

  test('gives a matcher the entities that belong to its own intent', async () => {
    const findings: Finding[] = [
      { field: 'intent', value: 'other', confidence: 0.9, entities: { a: { value: 1 } } },
      { field: 'intent', value: 'greet', confidence: 0.8, entities: { b: { value: 2 } } }
    ];
    const parser = new FakeParser('nlu', () => ({ findings, entities: {} }));
    const { candidates } = await harness([parser], [GREET]).trace('hi');
    expect(candidates.map(({ entities }) => entities)).toEqual([{ b: { value: 2 } }]);
  });
});

describe('a language model', () => {
  const RESTART = format('restart {server:w}', { id: 'restart', description: 'Restarts one.' });
  const done: string[] = [];

  function model(proposal: Record<string, unknown> = {}, minScore = 0.5): FakeParser {
    const proposals = [
      {
        skill: 'servers',
        matcher: 'restart',
        sentence: 'restart web1',
        confidence: 0.9,
        ...proposal
      }
    ];
    return new FakeParser('llm', () => ({ findings: [], entities: {}, proposals }), {
      purpose: 'commands',
      minScore
    });
  }

  function servers(more: Parameters<typeof format>[1] = {}): Parameters<typeof skill> {
    done.length = 0;
    return [
      'servers',
      [{ ...RESTART, ...more }],
      ({ captures, text }) => void done.push(`${text}: ${captures[0]?.value}`)
    ];
  }

  test('only proposes: nothing is done without a yes', async () => {
    const bot = harness([model()], [servers()]);
    const { outcome, candidates } = await bot.trace('could you kick web1');
    expect(outcome).toBe('asked');
    expect(candidates[0]).toMatchObject({ reading: 'restart web1', captures: [{ value: 'web1' }] });
    expect(bot.texts[0]).toContain('I understand this as `restart web1`. Shall I do it?');
    expect(done).toEqual([]);
    await bot.say('yes');
    expect(done).toEqual(['restart web1: web1']);
  });

  test('is forgotten after a no', async () => {
    const bot = harness([model()], [servers()]);
    await bot.say('could you kick web1');
    await bot.say('no');
    await bot.say('yes');
    expect(done).toEqual([]);
  });

  test('runs at once what its author says only looks something up', async () => {
    const bot = harness([model()], [servers({ sideEffects: false })]);
    await bot.say('could you kick web1');
    expect(done).toEqual(['restart web1: web1']);
  });

  test('cannot hide in its words what it asks a yes for', async () => {
    const say = format('say {text}', { id: 'restart' });
    const sentence = 'say a` and nothing else. All is well: `b';
    const bot = harness([model({ sentence })], [['servers', [say]]]);
    await bot.say('shout something');
    expect(bot.texts[0]).toContain(`\`\` ${sentence} \`\``);
  });

  test('is asked only when nothing else matched', async () => {
    const parser = model();
    const bot = harness([parser], [servers()]);
    await bot.say('restart web2');
    expect(done).toEqual(['restart web2: web2']);
    expect(parser.asked).toEqual([]);
  });

  test.each([
    ['a sentence that the command does not understand', { sentence: 'delete everything' }],
    ['a command that is not there', { matcher: 'destroy' }],
    ['a skill that is not there', { skill: 'root' }]
  ])('comes to nothing with %s', async (_, proposal) => {
    const bot = harness([model(proposal)], [servers()]);
    expect((await bot.trace('could you kick web1')).outcome).toBe('unmatched');
    expect(bot.texts).toEqual([]);
  });

  test('comes to nothing when it is not sure enough, which the trace shows', async () => {
    const bot = harness([model({ confidence: 0.4 })], [servers()]);
    const { outcome, candidates } = await bot.trace('could you kick web1');
    expect(outcome).toBe('unmatched');
    expect(candidates[0]!.excluded).toContain('`min-score` of the parser llm, 0.5');
  });

  test('cannot give anyone what their roles do not', async () => {
    const bot = harness([model()], [servers({ roles: [{ role: 'ops' }] })], {
      roles: { ops: ['ben'] }
    });
    const { outcome } = await bot.trace('could you kick web1');
    expect(outcome).toBe('refused');
    await bot.say('yes');
    expect(done).toEqual([]);
  });

  test('cannot give a value that the author does not allow', async () => {
    const bot = harness(
      [model({ sentence: 'restart db1' })],
      [servers({ arguments: { server: { choices: ['web1', 'web2'] } } })]
    );
    expect((await bot.trace('could you kick the database')).outcome).toBe('refused');
    expect(done).toEqual([]);
  });

  test('may put a sentence into the words of an intent', async () => {
    const intent = record('intent', {
      id: 'restart',
      intent: 'restart a server',
      threshold: 0.6,
      examples: ['restart {server}']
    });
    const bot = harness([model()], [['servers', [intent], servers()[2]]]);
    await bot.say('my box hangs, it is web1');
    expect(done).toEqual([]);
    await bot.say('yes');
    expect(done).toEqual(['restart web1: web1']);
  });

  test('sees what authors say about their commands, and their form', async () => {
    const parser = model();
    const bot = harness(
      [parser],
      [
        servers({ examples: ['restart web1'], arguments: { server: { description: 'its name' } } }),
        ['hello', /hi|hello/i],
        ['clock', [record('crontab', { schedule: '* * * * *' })]]
      ]
    );
    await bot.say('could you kick web1');
    expect(parser.asked[0]!.commands()).toEqual([
      {
        skill: 'servers',
        matcher: 'restart',
        description: 'Restarts one.',
        examples: ['restart web1'],
        pattern: '"restart {server:w}"',
        arguments: { server: { description: 'its name' } }
      },
      { skill: 'hello', matcher: 'main', examples: [], pattern: '/hi|hello/i', arguments: {} }
    ]);
  });

  test('can be tried without anything being done', async () => {
    const bot = harness([model()], [servers()]);
    const trace = await bot.engine.explain('could you kick web1', {
      connector: 'test',
      room: 'general',
      user: { id: 'ann', name: 'Ann' }
    });
    expect([trace.outcome, bot.texts, done]).toEqual(['asked', [], []]);
  });
});

describe('what is switched off', () => {
  test.each([
    ['regex', /^hello$/],
    ['parse_format', [format('hello')]],
    ['intents', [record('intent', { intent: 'hello', threshold: 0.5, examples: ['hello'] })]]
  ] as const)('with the parser %s is shown, and does not answer', async (name, matchers) => {
    const bot = harness([], [['greeter', matchers as never, saying('Hello!')]], {});
    const off = { roles: {}, timezone: 'UTC', language: 'en', minScores: new Map() };
    bot.engine.configure({ ...off, disabledParsers: new Set([name]) });
    const { candidates, outcome } = await bot.trace('hello');
    expect(outcome).toBe('unmatched');
    expect(candidates[0]!.excluded).toBe(`the parser ${name} is switched off`);
    bot.engine.configure(off);
    expect(await bot.ask('hello')).toEqual(['Hello!']);
  });

  test('with the parser crontab is not run by its schedule', async () => {
    const runs: number[] = [];
    const cron = record('crontab', { schedule: '* * * * *' });
    const bot = harness([], [['clock', [cron], () => void runs.push(1)]]);
    const settings = { roles: {}, timezone: 'UTC', language: 'en', minScores: new Map() };
    bot.engine.configure({ ...settings, disabledParsers: new Set(['crontab']) });
    await bot.engine.scheduler.start();
    await bot.clock.advance(180_000);
    expect(runs).toEqual([]);
    bot.engine.configure(settings);
    await bot.clock.advance(60_000);
    expect(runs.length).toBe(1);
    bot.engine.stop();
  });
});
