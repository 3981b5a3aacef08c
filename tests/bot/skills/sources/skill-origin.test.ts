import { describe, expect, test } from 'vitest';
import { skillSchema } from '../../../../src/bot/config';
import { describeOrigin, originOf, type FetchedOrigin } from '../../../../src/bot/skills';

const section = (keys: object) => skillSchema.parse({ name: 'x', ...keys });
const read = (keys: object) => originOf(section(keys), '/home/ann/bot');

describe('where a skill comes from', () => {
  test.each([
    [{}, { kind: 'builtin' }],
    [{ path: 'skills/x' }, { kind: 'path', path: 'skills/x', location: '/home/ann/bot/skills/x' }],
    [{ repo: 'https://example.org/x.git' }, { kind: 'repo', url: 'https://example.org/x.git' }],
    [{ repo: 'git@example.org:a/x.git' }, { kind: 'repo', url: 'git@example.org:a/x.git' }],
    [{ repo: 'ann/skill-x' }, { kind: 'repo', url: 'https://github.com/ann/skill-x.git' }],
    [{ repo: 'github:ann/x.git' }, { kind: 'repo', url: 'https://github.com/ann/x.git' }],
    [{ repo: '../x' }, { kind: 'repo', url: '/home/ann/x' }],
    [
      { repo: 'a/b', branch: 'dev', key_path: 'key' },
      { kind: 'repo', branch: 'dev', key: '/home/ann/bot/key' }
    ],
    [
      { gist: 'https://gist.github.com/ann/6fea1d46d3dd5daeec102b5b1a5ce3ad' },
      { kind: 'repo', url: 'https://gist.github.com/6fea1d46d3dd5daeec102b5b1a5ce3ad.git' }
    ],
    [
      { gist: '6fea1d46d3dd5daeec102b5b1a5ce3ad' },
      { kind: 'repo', url: 'https://gist.github.com/6fea1d46d3dd5daeec102b5b1a5ce3ad.git' }
    ],
    [{ gist: 'file:///srv/gist' }, { kind: 'repo', url: 'file:///srv/gist' }],
    [{ package: 'chatops-x' }, { kind: 'package', specifier: 'chatops-x' }],
    [{ package: '@a/x@^1.2' }, { kind: 'package', specifier: '@a/x@^1.2' }],
    [
      { package: './x-1.0.0.tgz' },
      { kind: 'package', specifier: 'file:/home/ann/bot/x-1.0.0.tgz' }
    ],
    [{ package: 'file:x.tgz' }, { kind: 'package', specifier: 'file:/home/ann/bot/x.tgz' }],
    [{ package: 'https://a.b/x.tgz' }, { kind: 'package', specifier: 'https://a.b/x.tgz' }]
  ])('%o', (keys, expected) => {
    expect(read(keys)).toMatchObject(expected);
  });

  test('is one place', () => {
    expect(() => read({ path: 'x', repo: 'a/b' })).toThrow(
      'The skill `x` is said to come from several places: `path` and `repo`.'
    );
  });

  test('is shown without credentials', () => {
    const origin = read({ repo: 'https://ann:secret@example.org/x.git', branch: 'v1' });
    expect(describeOrigin(origin as FetchedOrigin)).toBe('https://example.org/x.git#v1');
  });
});
