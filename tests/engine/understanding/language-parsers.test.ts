import { describe, expect, test } from 'vitest';
import { LanguageParsers, ParserBusy, type LanguageParser } from '../../../src/engine';
import type { ErrorRecord } from '../../../src/protocol';
import { FakeParser, intentFound } from '../../support/fake-parser';
import { HandClock, settle } from '../../support/hand-clock';

function setUp(...parsers: LanguageParser[]) {
  const clock = new HandClock();
  const troubles: ErrorRecord[] = [];
  const all = new LanguageParsers(clock, error => troubles.push(error));
  all.configure(parsers);
  const ask = (text: string, { language = 'en' } = {}) =>
    all.ask(
      parsers.map(({ name }) => name),
      { text, user: 'ann', language, commands: () => [] }
    );
  /** Asks until it has failed this often. */
  const fail = async (times: number): Promise<void> => {
    for (let i = 0; i < times; i++) {
      await ask(`fail ${i} ${clock.now()}`);
    }
  };
  return { clock, troubles, all, ask, fail };
}

/** A service that works or not, as the test says. */
function switchable(): FakeParser & { works: boolean } {
  const parser = new FakeParser('nlu', () => {
    if (!switched.works) {
      throw new Error('it answered 500');
    }
    return intentFound('greet');
  });
  const switched = Object.assign(parser, { works: false });
  return switched;
}

test('parsers are asked side by side', async () => {
  const waiting: (() => void)[] = [];
  const slow = (name: string): FakeParser =>
    new FakeParser(name, async () => {
      await new Promise<void>(resolve => waiting.push(resolve));
      return intentFound(name);
    });
  const { ask } = setUp(slow('a'), slow('b'), slow('c'));
  const answers = ask('hi');
  await settle();
  expect(waiting.length).toBe(3);
  waiting.forEach(resolve => resolve());
  expect((await answers).map(({ understood }) => understood?.findings[0]?.value)).toEqual([
    'a',
    'b',
    'c'
  ]);
});

describe('an answer', () => {
  test('is remembered for some minutes, for each language', async () => {
    const parser = new FakeParser('nlu', () => intentFound('greet'));
    const { ask, clock } = setUp(parser);
    await ask('hi');
    const [again] = await ask('hi');
    expect(again!.understood).toEqual(intentFound('greet'));
    expect(parser.asked.length).toBe(1);
    await ask('hi', { language: 'de' });
    await ask('hi there');
    expect(parser.asked.length).toBe(3);
    await clock.advance(5 * 60_000);
    await ask('hi');
    expect(parser.asked.length).toBe(4);
  });

  test('of one that chooses among commands is not: they may be others by then', async () => {
    const parser = new FakeParser('llm', () => intentFound('x'), { purpose: 'commands' });
    const { ask } = setUp(parser);
    await ask('hi');
    await ask('hi');
    expect(parser.asked.length).toBe(2);
  });

  test('is not waited for longer than five seconds, or what the parser asks for', async () => {
    const never = (timeout?: number): FakeParser =>
      new FakeParser('nlu', () => new Promise(() => undefined), { timeout });
    for (const [parser, patience] of [
      [never(), 5000],
      [never(20_000), 20_000]
    ] as const) {
      const { ask, clock } = setUp(parser);
      let isOver = false;
      const answers = ask('hi').finally(() => (isOver = true));
      await clock.advance(patience - 1);
      expect(isOver).toBe(false);
      await clock.advance(1);
      const [answer] = await answers;
      expect(answer!.error?.message).toContain(`did not answer within ${patience / 1000} s`);
      expect(parser.asked[0]!.signal.aborted).toBe(true);
      expect(clock.pending).toBe(0);
    }
  });
});

describe('a service that fails', () => {
  test('is told once, until it works again', async () => {
    const parser = switchable();
    const { ask, troubles, clock, fail } = setUp(parser);
    await fail(5);
    expect(troubles.map(({ message }) => message)).toEqual([
      'The parser `nlu` failed: it answered 500.'
    ]);
    parser.works = true;
    await clock.advance(30_000);
    await ask('hi');
    parser.works = false;
    await ask('ho');
    expect(troubles.length).toBe(2);
  });

  test('is left alone after three times, and says why meanwhile', async () => {
    const parser = switchable();
    const { ask, clock, fail } = setUp(parser);
    await fail(3);
    const [resting] = await ask('hi');
    expect(parser.asked.length).toBe(3);
    expect(resting!.error?.message).toContain('it answered 500');
    await clock.advance(29_999);
    await ask('hi');
    expect(parser.asked.length).toBe(3);
  });

  test('still answers what it is remembered for', async () => {
    const parser = switchable();
    const { ask, fail } = setUp(parser);
    parser.works = true;
    await ask('hi');
    parser.works = false;
    await fail(3);
    const [answer] = await ask('hi');
    expect(answer!.understood).toEqual(intentFound('greet'));
  });

  test('is tried by one question after its rest, while the others go on without it', async () => {
    let release = (): void => undefined;
    let works = false;
    const parser = new FakeParser('nlu', async () => {
      if (!works) {
        throw new Error('it answered 500');
      }
      await new Promise<void>(resolve => (release = resolve));
      return intentFound('greet');
    });
    const { ask, clock, fail } = setUp(parser);
    await fail(3);
    await clock.advance(30_000);
    works = true;
    const probe = ask('first');
    const [other] = await ask('second');
    expect(other!.understood).toBeUndefined();
    expect(parser.asked.length).toBe(4);
    release();
    expect((await probe)[0]!.understood).toEqual(intentFound('greet'));
    const third = ask('third');
    await settle();
    release();
    expect((await third)[0]!.understood).toBeDefined();
  });

  test('rests again when that question fails too', async () => {
    const parser = switchable();
    const { ask, clock, fail } = setUp(parser);
    await fail(3);
    await clock.advance(30_000);
    await fail(1);
    expect(parser.asked.length).toBe(4);
    await ask('hi');
    expect(parser.asked.length).toBe(4);
  });

  test('that says for how long is left alone for as long, but not for ever', async () => {
    for (const [wanted, granted] of [
      [90_000, 90_000],
      [365 * 86_400_000, 15 * 60_000]
    ]) {
      const parser = new FakeParser('nlu', () => {
        throw new ParserBusy('it answered 429', wanted!);
      });
      const { ask, clock } = setUp(parser);
      await ask('a');
      await clock.advance(granted! - 1);
      await ask('b');
      expect(parser.asked.length).toBe(1);
      await clock.advance(1);
      await ask('c');
      expect(parser.asked.length).toBe(2);
    }
  });

  test('does not keep the others from answering', async () => {
    const good = new FakeParser('good', () => intentFound('greet'));
    const { ask } = setUp(switchable(), good);
    const answers = await ask('hi');
    expect(answers.map(({ understood, error }) => [understood !== undefined, error?.code])).toEqual(
      [
        [false, 'CHATOPS_PARSER_FAILED'],
        [true, undefined]
      ]
    );
  });
});

test('a parser that stays in the configuration keeps what it knows', async () => {
  const parser = new FakeParser('nlu', () => intentFound('greet'));
  const { ask, all } = setUp(parser);
  await ask('hi');
  all.configure([new FakeParser('other', () => intentFound('x')), parser]);
  await ask('hi');
  expect(parser.asked.length).toBe(1);
  expect(all.has('other')).toBe(true);
});
