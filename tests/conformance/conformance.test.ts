import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Case } from './case';
import { isSame, meets } from './compare';
import { judge } from './judge';

const cases = JSON.parse(readFileSync('tests/conformance/opsdroid-cases.json', 'utf8')) as Case[];

describe('what opsdroid does happens here, and its defects do not', () => {
  test.each(cases.map(each => [each.id, each] as const))(
    '%s',
    async (_, each) => {
      const { passed, expected, got } = await judge(each);
      expect(passed, JSON.stringify({ expected, got }, null, 2)).toBe(true);
    },
    90_000
  );
});

describe('a case that is not met', () => {
  const hello = cases.find(({ id }) => id === 'regex-008')!;

  test('fails, with what was expected and what came', async () => {
    const wrong = { ...hello, expect: { ran: ['a'], entities: { name: 'someone else' } } };
    expect(await judge(wrong)).toMatchObject({
      id: 'regex-008',
      passed: false,
      expected: { entities: { name: 'someone else' } },
      got: { entities: { name: 'opsdroid' } }
    });
  });

  test('fails when it expects something that nobody looked at', async () => {
    expect((await judge({ ...hello, expect: { moon: 'full' } })).passed).toBe(false);
  });

  test('fails when it is of no known form, and when its successor names no known rule', async () => {
    const strange = { ...hello, area: 'alchemy', given: {}, input: {} };
    expect(await judge(strange)).toMatchObject({ passed: false, got: 'a case of no known form' });
    const quirk = { ...hello, quirk: true, successor: 'turns lead into gold' };
    expect((await judge(quirk)).passed).toBe(false);
  });

  const plain = cases.filter(
    ({ successor, area }) => successor === undefined && area !== 'loader' && area !== 'cli'
  );

  test.each(plain.map(each => [each.id, each] as const))(
    'fails when what it expects is turned round: %s',
    async (_, each) => {
      const turned = Object.fromEntries(
        Object.entries(each.expect).map(([key, value]) => [
          key,
          key === 'note' ? value : opposite(value)
        ])
      );
      const { passed, replaced } = await judge({ ...each, expect: turned });
      expect(passed).toBe(replaced !== undefined);
    }
  );
});

test('numbers are compared as exactly as the cases are written', () => {
  expect(isSame([['a', 0.598338]], [['a', 0.5983379501385041]])).toBe(true);
  expect(isSame(0.5983, 0.5984)).toBe(false);
  expect(isSame({ a: null }, { a: undefined })).toBe(false);
  expect(meets({ a: 1, note: 'x' }, { a: 1, b: 2 })).toBe(true);
});

function opposite(value: unknown): unknown {
  switch (typeof value) {
    case 'boolean':
      return !value;
    case 'number':
      return value + 1;
    case 'string':
      return 'something else';
    default:
      return ['something else'];
  }
}
