import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NativePattern, type GuardedMatcher, type Invocation } from '../../../src/engine';
import type { Constraint, MatcherRecord } from '../../../src/protocol';
import { ANN, BEN, EngineHarness, Recorder } from '../../support/engine';
import { format, matcher, record, saying, skill } from '../../support/skills';

const guard: GuardedMatcher = {
  match: (matchers, text) =>
    Promise.resolve(
      matchers.flatMap(each => {
        const match = new NativePattern(each.record as never).exec(text);
        return match ? [{ matcher: each, match }] : [];
      })
    )
};

describe('what wins', () => {
  test('is the best score; nothing of its losers reaches it', async () => {
    const seen: Invocation[] = [];
    const harness = new EngineHarness([
      skill('short', [matcher(/set (?<x>\w+)/)]),
      skill('long', [matcher(/set (?<x>.*) now/)], invocation => seen.push(invocation))
    ]);
    const trace = await harness.trace('set foo now');
    expect(trace.candidates.map(({ skill }) => skill)).toEqual(['long', 'short']);
    expect(seen[0]?.captures.map(({ name, value }) => [name, value])).toEqual([['x', 'foo']]);
  });

  test('of equal ones covers more of the text, then is a regular expression, then came first', async () => {
    const harness = new EngineHarness([
      skill('format', [format('hello')]),
      skill('later', [matcher(/hello/)]),
      skill('wide', [matcher(/h.+o$/)])
    ]);
    const order = async (text: string): Promise<string[]> =>
      (await harness.trace(text)).candidates.map(({ skill }) => skill);
    expect(await order('hello')).toEqual(['later', 'wide', 'format']);
    expect(await order('hello you too')).toEqual(['wide', 'later']);
  });

  test('is called once, through whichever of its matchers', async () => {
    const calls: string[] = [];
    const harness = new EngineHarness([
      skill(
        'a',
        [
          matcher(/hello/, { id: 'one', handler: 'a' }),
          matcher(/hel/, { id: 'two', handler: 'a' }),
          record('event', { id: 'three', handler: 'a', event: 'Message', filters: {} })
        ],
        ({ matcher }) => calls.push(matcher)
      )
    ]);
    const trace = await harness.trace('hello');
    expect(calls).toEqual(['one']);
    expect(trace.candidates).toHaveLength(2);
  });

  test('honours a factor of 0, and one beyond 1', async () => {
    const harness = new EngineHarness([
      skill('zero', [matcher(/hello there friend/, { scoreFactor: 0 })]),
      skill('two', [matcher(/h/, { scoreFactor: 2 })])
    ]);
    const { candidates } = await harness.trace('hello there friend');
    expect(candidates.map(({ skill, score }) => [skill, score.score])).toEqual([
      ['two', 1.5],
      ['zero', 0]
    ]);
  });

  test('has at least the score that the configuration asks of its parser', async () => {
    const harness = new EngineHarness(
      [skill('a', [matcher(/hello/)], saying('a')), skill('b', [format('hello')], saying('b'))],
      { minScores: new Map([['regex', 0.6]]) }
    );
    const trace = await harness.trace('hello');
    expect(harness.texts).toEqual(['b']);
    expect(trace.candidates.map(({ excluded }) => excluded)).toEqual([
      expect.stringContaining('below `min-score` of the parser regex, 0.6'),
      undefined
    ]);
  });
});

describe('a constraint', () => {
  const only = (on: Constraint['on'], ...values: string[]): Constraint => ({
    on,
    values,
    invert: false
  });
  const not = (on: Constraint['on'], ...values: string[]): Constraint => ({
    on,
    values,
    invert: true
  });

  const kinds: readonly (readonly [string, (constraints: Constraint[]) => MatcherRecord])[] = [
    ['regex', constraints => matcher(/x/, { constraints })],
    ['parse', constraints => format('x', { constraints })],
    [
      'intent',
      constraints => record('intent', { intent: 'x', threshold: 0.5, examples: ['x'], constraints })
    ],
    ['always', constraints => record('always', { constraints })],
    ['catchall', constraints => record('catchall', { messagesOnly: true, constraints })],
    ['event', constraints => record('event', { event: 'Message', filters: {}, constraints })]
  ];

  test.each(kinds)('holds for the matcher %s', async (_, make) => {
    const ran = async (...constraints: Constraint[]): Promise<boolean> => {
      const harness = new EngineHarness([skill('a', [make(constraints)], saying('called'))]);
      return (await harness.ask('x')).includes('called');
    };
    expect(await ran()).toBe(true);
    expect(await ran(only('rooms', 'general'))).toBe(true);
    expect(await ran(only('rooms', 'ops'))).toBe(false);
    expect(await ran(not('rooms', 'general'))).toBe(false);
    expect(await ran(not('rooms', 'ops'))).toBe(true);
    expect(await ran(only('users', 'Ann'))).toBe(true);
    expect(await ran(only('users', 'ann'))).toBe(true);
    expect(await ran(only('users', 'Ben'))).toBe(false);
    expect(await ran(not('users', 'Ann'))).toBe(false);
    expect(await ran(only('connectors', 'test'))).toBe(true);
    expect(await ran(only('connectors', 'slack'))).toBe(false);
    expect(await ran(only('rooms', 'general'), only('users', 'Ben'))).toBe(false);
    expect(await ran(only('users', 'Ben'), only('rooms', 'general'))).toBe(false);
  });

  test('lets the next best skill win, and the trace says why', async () => {
    const harness = new EngineHarness([
      skill('a', [matcher(/hello wo.*/, { constraints: [only('users', 'alice')] })]),
      skill('b', [matcher(/hello/)], saying('b'))
    ]);
    const trace = await harness.trace('hello world', { user: BEN });
    expect(trace).toMatchObject({
      winner: 1,
      candidates: [{ excluded: 'users must be alice; it is Ben' }, { skill: 'b' }]
    });
  });

  test('never silences another skill', async () => {
    const harness = new EngineHarness([
      skill('a', [
        record('event', { event: 'Message', filters: {}, constraints: [only('users', 'x')] })
      ]),
      skill('b', [record('event', { event: 'Message', filters: {} })], saying('b'))
    ]);
    expect(await harness.ask('x')).toEqual(['b']);
  });

  test('knows rooms by the names that people use', async () => {
    const connector = new Recorder();
    connector.lookupRoom = name => (name === '#general' ? 'C024BE91L' : undefined);
    const harness = new EngineHarness(
      [skill('a', [matcher(/x/, { constraints: [only('rooms', '#general')] })], saying('a'))],
      { connector }
    );
    expect(await harness.ask('x', { room: 'C024BE91L' })).toEqual(['a']);
    expect(await harness.ask('x', { room: 'C0000' })).toEqual([]);
  });

  test('means nothing to a schedule', async () => {
    const harness = new EngineHarness([
      skill(
        'a',
        [record('crontab', { schedule: '* * * * *', constraints: [only('users', 'x')] })],
        saying('tick')
      )
    ]);
    await harness.engine.scheduler.start();
    await harness.clock.advance(60_000);
    expect(harness.texts).toEqual(['tick']);
  });
});

describe('patterns that need an engine that looks around', () => {
  test('are ranked with the others', async () => {
    const harness = new EngineHarness(
      [skill('plain', [matcher(/x/)]), skill('peek', [matcher(/(?=xyz)xyz/)], saying('peek'))],
      { guard }
    );
    expect(await harness.ask('xyz')).toEqual(['peek']);
  });

  test('are also those of opsdroid’s dialect that ask for edges of words, in texts beyond ASCII', async () => {
    const harness = new EngineHarness(
      [
        skill(
          'hi',
          [matcher(/x/, { pattern: String.raw`\bhi\b`, dialect: 'opsdroid' })],
          saying('hi')
        )
      ],
      { guard }
    );
    expect(await harness.ask('hi there')).toEqual(['hi']);
    expect(await harness.ask('éhi')).toEqual([]);
    expect(await harness.ask('é hi')).toEqual(['hi']);
  });
});

describe('a near miss', () => {
  const known = [
    skill('hosts', [matcher(/^get infohost$/)]),
    skill('deploy', [format('deploy {service} to {place:w}')]),
    skill('secret', [matcher(/^launch rocket$/, { roles: [{ role: 'ops' }] })]),
    skill('remote', [
      matcher(/^reboot router$/, {
        constraints: [{ on: 'rooms', values: ['elsewhere'], invert: false }]
      })
    ]),
    skill('taught', [matcher(/^(?:x|y)+$/, { examples: ['turn the lights off'] })])
  ];

  test.each([
    ['gte infohost', 'get infohost'],
    ['deploi web to prod', 'deploy {service} to {place}'],
    ['turn lights off', 'turn the lights off'],
    ['getinfohost', 'get infohost']
  ])('%s: %s', async (said, suggestion) => {
    const harness = new EngineHarness(known);
    const trace = await harness.trace(said);
    expect(trace).toMatchObject({ outcome: 'unmatched', nearMisses: [{ example: suggestion }] });
    expect(harness.journal.get(trace.seq)?.handled?.suggestion).toBe(suggestion);
  });

  test.each(['good morning', 'launch roket', 'rebot router', ''])(
    '%j is near nothing that may be said here',
    async said => {
      const trace = await new EngineHarness(known).trace(said);
      expect(trace.nearMisses).toBeUndefined();
    }
  );

  test('is told to who may use it', async () => {
    const harness = new EngineHarness(known, { roles: { ops: ['ann'] } });
    expect((await harness.trace('launch roket', { user: ANN })).nearMisses).toMatchObject([
      { example: 'launch rocket' }
    ]);
  });
});

test('captures never leak: each candidate has what it would have alone', async () => {
  const patterns = fc.constantFrom(
    /(?<a>\w+) (?<b>\w+)/,
    /(?<a>.+)/,
    /(?<b>\d+)?/,
    /(?<a>x)|(?<c>y)/,
    /set (?<a>\w+)(?: to (?<b>.*))?/
  );
  const formats = fc.constantFrom('set {a} to {b:d}', '{a} {b}', '{b:w}', 'x{}y');
  const matchers = fc.array(
    fc.oneof(
      patterns.map(pattern => matcher(pattern)),
      formats.map(text => format(text, { condition: 'search' }))
    ),
    { minLength: 1, maxLength: 6 }
  );
  const texts = fc.constantFrom('set x to 5', 'x y', '12', 'set lamp', 'xzy', 'y');
  await fc.assert(
    fc.asyncProperty(matchers, texts, async (list, text) => {
      const together = new EngineHarness(list.map((each, i) => skill(`s${i}`, [each])));
      const { candidates } = await together.trace(text);
      for (const [i, each] of list.entries()) {
        const alone = await new EngineHarness([skill(`s${i}`, [each])]).trace(text);
        const found = candidates.find(({ skill }) => skill === `s${i}`);
        expect(found?.captures).toEqual(alone.candidates[0]?.captures);
        expect(found?.spans).toEqual(alone.candidates[0]?.spans);
      }
    }),
    { numRuns: 60 }
  );
});
