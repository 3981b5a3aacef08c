import { describe, expect, test } from 'vitest';
import { Roles, type Asker } from '../../../src/engine';
import type { Capture, RoleGrant } from '../../../src/protocol';

const MEMBERS = { ops: ['alice@example.org', 'slack:U1'], web: ['bob'], nobody: [] };

function roles(members: Record<string, string[]> = MEMBERS): Roles {
  const made = new Roles(connector => connector !== 'irc');
  made.configure(members);
  return made;
}

const asker = (id: string, connector = 'panel'): Asker => ({
  user: { id, name: 'Whoever' },
  connector
});

describe('a role is held', () => {
  test.each([
    ['alice@example.org', 'panel', ['ops']],
    ['U1', 'slack', ['ops']],
    ['U1', 'panel', []],
    ['bob', 'panel', ['web']],
    ['Whoever', 'panel', []]
  ])('by %s of %s: %j', (id, connector, held) => {
    expect(roles().of(asker(id, connector))).toEqual(held);
  });

  test('on a connector that believes what people say, only by who is named with it', () => {
    expect(roles().holds('web', asker('bob', 'irc'))).toBe(false);
    expect(roles({ web: ['irc:bob'] }).holds('web', asker('bob', 'irc'))).toBe(true);
  });

  test('by nobody when it is not there, nor by names that objects have anyway', () => {
    expect(roles().holds('missing', asker('bob'))).toBe(false);
    expect(roles().holds('constructor', asker('bob'))).toBe(false);
    expect(roles().holds('toString', asker('bob'))).toBe(false);
  });
});

describe('a matcher', () => {
  const captures: Capture[] = [{ name: 'place', value: 'prod' }];
  const refusal = (
    grants: RoleGrant[] | undefined,
    id: string,
    ask: () => unknown = () => true,
    caught = captures
  ) => roles().refusal(grants, asker(id), caught, async () => ask());

  test('without roles is everybody’s', async () => {
    expect(await refusal(undefined, 'anyone')).toBeUndefined();
    expect(roles().mayTry(undefined, asker('anyone'))).toBe(true);
  });

  test('that asks for roles is for who holds one of them', async () => {
    const grants = [{ role: 'ops' }, { role: 'web' }];
    expect(await refusal(grants, 'bob')).toBeUndefined();
    expect(await refusal(grants, 'eve')).toBe('it takes the role ops or web');
    expect(roles().mayTry(grants, asker('eve'))).toBe(false);
  });

  test('that asks for none of any is nobody’s', async () => {
    expect(await refusal([], 'bob')).toBe('it takes the role ');
  });

  test('looks at the arguments a role may give', async () => {
    const grants = [{ role: 'web', when: { place: ['test', 'stage'] } }];
    expect(await refusal(grants, 'bob')).toBe('as web, place must be test or stage');
    const fitting = [{ name: 'place', value: 'test' }];
    expect(await refusal(grants, 'bob', undefined, fitting)).toBeUndefined();
    const some = [...fitting, { name: 'place', value: 'prod' }];
    expect(await refusal(grants, 'bob', undefined, some)).toBeDefined();
    expect(await refusal(grants, 'bob', undefined, [])).toBeDefined();
    expect(await refusal(grants, 'bob', undefined, [{ name: 'place', value: null }])).toBeDefined();
  });

  test('asks a function; anything but true is a no, and so is an error', async () => {
    const grants = [{ role: 'web', asks: true }];
    expect(await refusal(grants, 'bob', () => true)).toBeUndefined();
    for (const answer of [false, undefined, 'yes', 1, {}]) {
      expect(await refusal(grants, 'bob', () => answer)).toBe('as web, not with these arguments');
    }
    const fails = (): never => {
      throw new Error('no fuse');
    };
    expect(await refusal(grants, 'bob', fails)).toBe('as web, the check itself failed');
  });
});
