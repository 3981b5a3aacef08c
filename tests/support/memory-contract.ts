import * as fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  compareCodePoints,
  ProcessMemory,
  SkillRequests,
  type Clock,
  type HostRequest,
  type MemoryStore
} from '../../src/engine';
import { SkillBotMemory, type AskHost } from '../../src/skill/skill-memory';

/** A clock that a test turns by hand; it shows the present, for servers have a clock of their own. */
export class TurnedClock implements Pick<Clock, 'now'> {
  private time = Date.now();

  readonly now = (): number => this.time;

  advance(milliseconds: number): void {
    this.time += milliseconds;
  }
}

/** Opens a store, and the same one when it is called again. */
export type OpenStore = (clock: Pick<Clock, 'now'>) => Promise<MemoryStore>;

/** What a skill has of a store: through the engine, and across a thread as real skills are. */
export function skillMemory(
  store: MemoryStore,
  clock: Pick<Clock, 'now'>,
  skill = 'test'
): SkillBotMemory {
  const requests = new SkillRequests({ memory: () => store, clock } as never, skill);
  const ask = async (request: HostRequest): Promise<unknown> =>
    structuredClone(await requests.serve(structuredClone(request)));
  return new SkillBotMemory(ask as AskHost);
}

/** Whatever a skill may remember. */
const remembered: fc.Arbitrary<unknown> = fc.letrec(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<unknown>(0, -0, '', false, true, null, [], {}, NaN, Infinity, -Infinity),
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.bigInt(),
    fc.date({ noInvalidDate: false }),
    fc.uint8Array(),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), {
      maxKeys: 4,
      noNullPrototype: true
    }),
    fc.array(fc.tuple(fc.string(), tie('value')), { maxLength: 3 }).map(pairs => new Map(pairs)),
    fc.array(fc.string(), { maxLength: 3 }).map(items => new Set(items))
  )
})).value;

const keys = fc.string({ unit: 'binary', maxLength: 12 });

/** One thing that is done to a store. */
const step = fc.oneof(
  fc.record({
    do: fc.constant('put' as const),
    space: fc.constantFrom('global', 'skill/a'),
    key: fc.constantFrom('a', 'ab', 'b', ''),
    value: fc.json({ maxDepth: 1 }),
    ttl: fc.constantFrom(undefined, -1000, 100_000, 200_000),
    expected: fc.constantFrom('any', 'none', 'right', 'wrong')
  }),
  fc.record({
    do: fc.constant('delete' as const),
    space: fc.constantFrom('global', 'skill/a'),
    key: fc.constantFrom('a', 'ab', 'b', ''),
    expected: fc.constantFrom('any', 'right', 'wrong')
  }),
  fc.record({
    do: fc.constant('list' as const),
    space: fc.constantFrom('global', 'skill/a'),
    prefix: fc.constantFrom('', 'a', 'b')
  }),
  fc.record({ do: fc.constant('wait' as const), time: fc.constantFrom(50_000, 100_000) })
);

/**
 * What every memory must do.
 *
 * @param newPlace - a place for a store that nobody has used.
 * @param lasts - false when everything is gone once the store is closed.
 */
export function memoryContract(
  name: string,
  newPlace: () => OpenStore,
  { lasts = true }: { lasts?: boolean } = {}
): void {
  const setUp = async (): Promise<{ store: MemoryStore; clock: TurnedClock; open: OpenStore }> => {
    const clock = new TurnedClock();
    const open = newPlace();
    const store = await open(clock);
    onTestFinished(() => store.close());
    return { store, clock, open };
  };

  describe(`${name} as a memory`, () => {
    test('gives back what was put, and nothing for what was not', async () => {
      const { store } = await setUp();
      const version = await store.put('global', 'a', '"one"');
      expect(await store.get('global', 'a')).toEqual({ value: '"one"', version });
      expect(await store.get('global', 'b')).toBeUndefined();
      await store.put('global', 'a', '"two"');
      expect((await store.get('global', 'a'))?.value).toBe('"two"');
    });

    test.each([
      '""',
      '0',
      '"$set"',
      '{"$chatops":"date","value":0}',
      '"\\u0000 \\ud800 \u2028 ünï 😀 %s \' \\""',
      JSON.stringify('x'.repeat(1_000_000))
    ])('keeps a text as it is: %#', async value => {
      const { store } = await setUp();
      await store.put('global', 'a', value);
      expect((await store.get('global', 'a'))?.value).toBe(value);
    });

    test('keeps spaces apart', async () => {
      const { store } = await setUp();
      const spaces = ['global', 'skill/a', 'skill/a/user/b', 'skill/a/room/b/c', 'skill/A'];
      for (const space of spaces) {
        await store.put(space, 'key', JSON.stringify(space));
      }
      await store.delete('skill/a', 'key');
      const found = await Promise.all(spaces.map(space => store.get(space, 'key')));
      expect(found.map(stored => stored?.value)).toEqual(
        spaces.map(space => (space === 'skill/a' ? undefined : JSON.stringify(space)))
      );
      expect(await store.list('skill/a')).toEqual([]);
    });

    test('takes any text as a key, and lists keys in the order of their code points', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uniqueArray(keys, { maxLength: 8 }), keys, async (names, prefix) => {
          const store = await newPlace()(new TurnedClock());
          try {
            for (const key of names) {
              await store.put('skill/a', key, JSON.stringify(key));
            }
            const ordered = names.toSorted(compareCodePoints);
            expect(await store.list('skill/a')).toEqual(ordered);
            expect(await store.list('skill/a', { prefix })).toEqual(
              ordered.filter(key => key.startsWith(prefix))
            );
            for (const key of names) {
              expect((await store.get('skill/a', key))?.value).toBe(JSON.stringify(key));
            }
          } finally {
            await store.close();
          }
        }),
        { numRuns: 15, examples: [[['\u{1F600}', '\uFFFD', 'a\0b', 'a', ''], 'a']] }
      );
    });

    test('lists those with a prefix, and no more than asked for', async () => {
      const { store, clock } = await setUp();
      for (const key of ['a_1', 'a%2', 'a*', 'a[', 'b', 'a']) {
        await store.put('global', key, '1');
      }
      await store.put('global', 'a$', '1', { expires: clock.now() + 1000 });
      clock.advance(1001);
      expect(await store.list('global', { prefix: 'a' })).toEqual(['a', 'a%2', 'a*', 'a[', 'a_1']);
      expect(await store.list('global', { prefix: 'a', limit: 2 })).toEqual(['a', 'a%2']);
      expect(await store.list('global', { prefix: 'a%' })).toEqual(['a%2']);
      expect(await store.list('global', { prefix: 'a_' })).toEqual(['a_1']);
      expect(await store.list('global', { prefix: 'a\u{10FFFF}' })).toEqual([]);
    });

    test('gives each change a higher version, also after the value was gone', async () => {
      const { store, clock } = await setUp();
      const versions = [await store.put('global', 'a', '1')];
      versions.push(await store.put('global', 'a', '1'));
      await store.delete('global', 'a');
      versions.push(await store.put('global', 'a', '1', { expires: clock.now() + 1000 }));
      clock.advance(1001);
      versions.push(await store.put('global', 'a', '1'));
      expect(versions).toEqual([...new Set(versions)].toSorted((a, b) => a! - b!));
      expect(versions.every(Number.isSafeInteger)).toBe(true);
    });

    test('changes a value only if it has the expected version', async () => {
      const { store } = await setUp();
      const first = (await store.put('global', 'a', '1', { expected: 0 }))!;
      expect(first).toBeGreaterThan(0);
      expect(await store.put('global', 'a', '2', { expected: 0 })).toBeUndefined();
      expect(await store.put('global', 'a', '2', { expected: first + 1 })).toBeUndefined();
      expect(await store.put('global', 'b', '2', { expected: first })).toBeUndefined();
      expect((await store.get('global', 'a'))?.value).toBe('1');
      const second = await store.put('global', 'a', '2', { expected: first });
      expect(await store.put('global', 'a', '3', { expected: first })).toBeUndefined();
      expect(await store.get('global', 'a')).toEqual({ value: '2', version: second });
    });

    test('does not take a new value for the one that was deleted before it', async () => {
      const { store } = await setUp();
      const first = (await store.put('global', 'a', '1'))!;
      await store.delete('global', 'a');
      expect(await store.put('global', 'a', '2', { expected: first })).toBeUndefined();
      await store.put('global', 'a', '2', { expected: 0 });
      expect(await store.put('global', 'a', '3', { expected: first })).toBeUndefined();
      expect((await store.get('global', 'a'))?.value).toBe('2');
    });

    test('lets one of many win who expect the same version', async () => {
      const { store } = await setUp();
      const race = async (expected: number): Promise<number[]> => {
        const results = await Promise.all(
          Array.from({ length: 20 }, (_, i) => store.put('global', 'a', String(i), { expected }))
        );
        return results.filter(version => version !== undefined);
      };
      const [first, ...others] = await race(0);
      expect(others).toEqual([]);
      expect(await race(first!)).toHaveLength(1);
    });

    test('forgets a value, if it has the version that is expected', async () => {
      const { store } = await setUp();
      const version = (await store.put('global', 'a', '1'))!;
      expect(await store.delete('global', 'b')).toBe(false);
      expect(await store.delete('global', 'a', version + 1)).toBe(false);
      expect((await store.get('global', 'a'))?.value).toBe('1');
      expect(await store.delete('global', 'a', version)).toBe(true);
      expect(await store.get('global', 'a')).toBeUndefined();
      expect(await store.list('global')).toEqual([]);
      expect(await store.delete('global', 'a')).toBe(false);
    });

    test('forgets a value when its time is over', async () => {
      const { store, clock } = await setUp();
      const expires = clock.now() + 60_000;
      const version = await store.put('global', 'a', '1', { expires });
      await store.put('global', 'b', '1', { expires });
      await store.put('global', 'b', '2');
      await store.put('global', 'c', '1');
      await store.put('global', 'c', '2', { expires });
      expect(await store.get('global', 'a')).toEqual({ value: '1', version, expires });
      clock.advance(60_001);
      expect(await store.get('global', 'a')).toBeUndefined();
      expect(await store.list('global')).toEqual(['b']);
      expect(await store.delete('global', 'a')).toBe(false);
      expect(await store.put('global', 'a', '2', { expected: version! })).toBeUndefined();
      expect(await store.put('global', 'a', '3', { expected: 0 })).toBeGreaterThan(version!);
      expect((await store.get('global', 'a'))?.expires).toBeUndefined();
    });

    test('takes a value whose time is over already', async () => {
      const { store, clock } = await setUp();
      await store.put('global', 'a', '1');
      expect(await store.put('global', 'a', '2', { expires: clock.now() - 1 })).toBeGreaterThan(0);
      expect(await store.get('global', 'a')).toBeUndefined();
    });

    test('does what a plain table does, whatever is done in whatever order', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 25 }), async steps => {
          const clock = new TurnedClock();
          const pair = [new ProcessMemory(clock), await newPlace()(clock)] as const;
          try {
            for (const each of steps) {
              const [wanted, got] = await Promise.all(pair.map(store => act(store, each, clock)));
              expect(got).toEqual(wanted);
              if (each.do === 'wait') {
                clock.advance(each.time);
              }
            }
          } finally {
            await pair[1].close();
          }
        }),
        { numRuns: 15 }
      );
    });

    test('gives a skill back exactly what it has remembered', async () => {
      const { store, clock } = await setUp();
      const memory = skillMemory(store, clock);
      await fc.assert(
        fc.asyncProperty(remembered, async value => {
          await memory.put('value', value);
          expect(await memory.get('value', 'nothing')).toStrictEqual(value);
        }),
        {
          numRuns: 40,
          examples: [
            [0],
            [''],
            [false],
            [[]],
            [{}],
            [null],
            [new Date(0)],
            [new Uint8Array([0, 255])]
          ]
        }
      );
    });

    test('loses no update of many at the same time', async () => {
      const { store, clock } = await setUp();
      const memory = skillMemory(store, clock);
      await Promise.all(
        Array.from({ length: 25 }, () => memory.update('count', (count = 0) => count + 1))
      );
      expect(await memory.get('count')).toBe(25);
    });

    test('loses no update to one that forgets', async () => {
      const { store, clock } = await setUp();
      const memory = skillMemory(store, clock);
      await memory.put('queue', [1]);
      let taken: number[] = [];
      const take = memory.update('queue', async (queue: number[] = []) => {
        if (taken.length === 0) {
          // Another handler comes in between.
          taken = queue;
          await memory.update('queue', (items: number[] = []) => [...items, 2]);
        }
        taken = queue;
        return undefined;
      });
      await take;
      expect(taken).toEqual([1, 2]);
      expect(await memory.get('queue')).toBeUndefined();
    });

    test('keeps what a skill knows of people, rooms and everybody apart', async () => {
      const { store, clock } = await setUp();
      const [memory, other] = [skillMemory(store, clock, 'a'), skillMemory(store, clock, 'b')];
      await memory.put('x', 'own');
      await memory.user('ann').put('x', 'of Ann');
      await memory.room({ connector: 'panel', room: 'ann' }).put('x', 'of a room');
      await memory.global.put('x', 'of all');
      expect(await other.get('x')).toBeUndefined();
      expect(await other.global.get('x')).toBe('of all');
      expect(await memory.get('x')).toBe('own');
      expect(await memory.user({ userId: 'ann' }).get('x')).toBe('of Ann');
      expect(await memory.room({ connector: 'panel', room: 'ann' }).get('x')).toBe('of a room');
      expect(await memory.user('ben').get('x')).toBeUndefined();
    });

    test('may be closed twice', async () => {
      const { store } = await setUp();
      await store.put('global', 'a', '1');
      await store.close();
      await expect(store.close()).resolves.toBeUndefined();
    });

    if (lasts) {
      test('cannot be used once it has been closed', async () => {
        const { store } = await setUp();
        await store.put('global', 'a', '1');
        await store.close();
        await expect(store.get('global', 'a')).rejects.toMatchObject({
          code: 'CHATOPS_MEMORY_UNAVAILABLE'
        });
      });

      test('is there again when it is opened again, and goes on counting', async () => {
        const { store, open, clock } = await setUp();
        const version = await store.put('global', 'a', '"kept"', { expires: clock.now() + 60_000 });
        const gone = (await store.put('global', 'b', '"gone"'))!;
        await store.delete('global', 'b');
        await store.close();
        const again = await open(clock);
        onTestFinished(() => again.close());
        expect(await again.get('global', 'a')).toMatchObject({ value: '"kept"', version });
        expect(await again.list('global')).toEqual(['a']);
        expect(await again.put('global', 'b', '1')).toBeGreaterThan(gone);
        clock.advance(60_001);
        expect(await again.list('global')).toEqual(['b']);
      });
    }
  });
}

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** What can be seen of a step's effect: versions differ between stores, so only whether there is one. */
async function act(store: MemoryStore, each: Step, clock: TurnedClock): Promise<unknown> {
  if (each.do === 'wait') {
    return undefined;
  }
  if (each.do === 'list') {
    return store.list(each.space, { prefix: each.prefix });
  }
  const { space, key } = each;
  const version = (await store.get(space, key))?.version ?? 0;
  const expected = { any: undefined, none: 0, right: version, wrong: version + 1 }[each.expected];
  if (each.do === 'delete') {
    return [await store.delete(space, key, expected), (await store.get(space, key))?.value];
  }
  const put = await store.put(space, key, each.value, {
    ...(each.ttl !== undefined && { expires: clock.now() + each.ttl }),
    ...(expected !== undefined && { expected })
  });
  return [put !== undefined, (await store.get(space, key))?.value];
}
