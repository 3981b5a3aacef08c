import { describe, expect, test } from 'vitest';
import { LiveValues } from '../../../src/kernel/session/live-values';
import type { Completion, LiveDescription } from '../../../src/kernel/thread';

const values: Record<string, unknown> = {
  user: {
    name: 'Ada',
    greet(other: string) {
      return other;
    },
    nested: { deep: [{ last: 1 }] }
  },
  tricky: {
    get own(): never {
      throw new Error('a getter was run');
    }
  },
  größe: 3,
  Point: class Point {
    x = 1;
    move() {}
  }
};
const live = new LiveValues({
  declared: new Set(Object.keys(values)),
  provided: new Set(['chat', 'user']),
  valueOf: name => values[name]
});

/** Completes at `|`. */
function complete(code: string): string[] & { completion: Completion } {
  const cursor = code.indexOf('|');
  const completion = live.answer({ kind: 'complete', code: code.replace('|', ''), cursor });
  const texts = (completion as Completion).matches.map(({ text }) => text);
  return Object.assign(texts, { completion: completion as Completion });
}

function inspect(code: string, detail = 0): LiveDescription | undefined {
  const cursor = code.indexOf('|');
  return live.answer({ kind: 'inspect', code: code.replace('|', ''), cursor, detail }) as
    LiveDescription | undefined;
}

describe('completion', () => {
  test.each([
    ['us|', 'user'],
    ['user.na|', 'name'],
    ['f(user.gr|)', 'greet'],
    ['user?.nested.|', 'deep'],
    ['user.nested.deep[0].|', 'last'],
    ["user['nested'].|", 'deep'],
    ['const a = user\n  .nested\n  .d|', 'deep'],
    ['"text".toUp|', 'toUpperCase'],
    ['grö|', 'größe'],
    ['inst|', 'instanceof'],
    ['structured|', 'structuredClone'],
    ['new Point|', 'Point']
  ])('%s', (code, match) => {
    expect(complete(code)).toContain(match);
  });

  test('says what it replaces, and what kind of thing each is', () => {
    const { completion } = complete('user.gr|');
    expect(completion).toEqual({
      matches: [{ text: 'greet', type: 'function' }],
      start: 5,
      end: 7
    });
    expect(complete('Poi|').completion.matches[0]).toEqual({ text: 'Point', type: 'class' });
  });

  test('runs nothing: no call, no getter of the author', () => {
    expect([...complete('f().|')]).toEqual([]);
    expect([...complete('tricky.own.|')]).toEqual([]);
    expect(complete('tricky.|')).toContain('own');
  });

  test('own members come before inherited ones', () => {
    const members = [...complete('user.|')];
    expect(members.indexOf('name')).toBeLessThan(members.indexOf('hasOwnProperty'));
  });
});

describe('inspection', () => {
  test('of a function: how it is called', () => {
    expect(inspect('us|er.greet')?.body).toContain("name: 'Ada'");
    expect(inspect('user.gre|et')?.title).toBe('greet(other)');
    expect(inspect('user.greet|', 1)?.body).toContain('return other');
    expect(inspect('Math.max(1, |')?.title).toBe('function max(argument1, argument2)');
  });

  test('says what the kernel brings, unless a cell declared that name', () => {
    expect(inspect('cha|t')).toBeUndefined();
    (globalThis as Record<string, unknown>).chat = Object.assign(() => undefined, { x: 1 });
    expect(inspect('cha|t')?.ofKernel).toBe('chat');
    expect(inspect('chat.|x')?.ofKernel).toBe('chat.x');
    expect(inspect('us|er')?.ofKernel).toBeUndefined();
    delete (globalThis as Record<string, unknown>).chat;
  });

  test('of nothing', () => {
    expect(inspect('nobody|')).toBeUndefined();
    expect(inspect('1 + |')).toBeUndefined();
  });
});
