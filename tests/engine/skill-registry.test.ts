import { describe, expect, test } from 'vitest';
import { SkillRegistry } from '../../src/engine';
import { matcher, skill } from '../support/skills';

const NOW = 1000;

function registry(...skills: ReturnType<typeof skill>[]): SkillRegistry {
  const made = new SkillRegistry(() => NOW);
  skills.forEach(each => made.put(each));
  return made;
}

function matching(made: SkillRegistry, text: string): string[] {
  return made
    .match(text)
    .toSorted((a, b) => a.order - b.order)
    .map(({ skill, version, record }) => `${skill}@${version}:${record.id}`);
}

describe('putting a skill into force', () => {
  test('replaces the version before it as a whole', () => {
    const made = registry(skill('hello', [matcher(/hi/), matcher(/hey/, { id: 'other' })]));
    expect(matching(made, 'hi hey')).toEqual(['hello@1:main', 'hello@1:other']);
    const change = made.put(skill('hello', [matcher(/^hi$/), matcher(/hallo/, { id: 'third' })]));
    expect(matching(made, 'hi hey')).toEqual([]);
    expect(matching(made, 'hallo')).toEqual(['hello@2:third']);
    expect(change).toMatchObject({
      kind: 'changed',
      version: 2,
      added: [{ id: 'third' }],
      removed: [{ id: 'other' }],
      changed: [{ before: { pattern: 'hi' }, after: { pattern: '^hi$' } }]
    });
    expect(made.considered).toBe(2);
  });

  test('a matcher that only moved in its file has not changed', () => {
    const made = registry(skill('hello', [matcher(/hi/, { where: { file: 'a.ts', line: 1 } })]));
    const change = made.put(skill('hello', [matcher(/hi/, { where: { file: 'a.ts', line: 9 } })]));
    expect(change).toMatchObject({ kind: 'changed', added: [], removed: [], changed: [] });
  });

  test.each([1, 200])(
    'answers in the new version, its pattern kept or not, among %i skills',
    count => {
      const made = registry(
        ...Array.from({ length: count }, (_, i) => skill(`skill${i}`, [matcher(/^hi$/i)]))
      );
      const texts = (): string[] => matching(made, 'HI').filter(name => name.startsWith('skill0@'));
      made.put(skill('skill0', [matcher(/^hi$/i)]));
      expect(texts()).toEqual(['skill0@2:main']);
      made.put(skill('skill0', [matcher(/^hi$/)]));
      expect(texts()).toEqual([]);
      made.put(skill('skill0', [matcher(/^hi$/i), matcher(/hi/i, { id: 'other' })]));
      made.put(skill('skill0', [matcher(/hi/i, { id: 'other' })]));
      expect(texts()).toEqual(['skill0@5:other']);
      made.remove('skill0');
      expect(texts()).toEqual([]);
    }
  );

  test('changes nothing when one of its patterns is none', () => {
    const made = registry(skill('hello', /hi/));
    expect(() => made.put(skill('hello', [matcher(/x/, { pattern: '(' })]))).toThrow(
      /not a regular expression/
    );
    expect(matching(made, 'hi')).toEqual(['hello@1:main']);
  });

  test('keeps patterns without a linear form apart', () => {
    const made = registry(skill('peek', /(?=x)x/));
    expect(made.match('x')).toEqual([]);
    expect(made.guardedFor('x').map(({ skill }) => skill)).toEqual(['peek']);
    made.remove('peek');
    expect(made.guardedFor('x')).toEqual([]);
  });
});

describe('a version that would not load', () => {
  const error = { code: 'CHATOPS_SKILL_SYNTAX', message: 'no', hint: '' };

  test('leaves the one that works live, and is forgotten with the next that loads', () => {
    const made = registry(skill('hello', /hi/));
    const change = made.refuse('hello', { kind: 'path' }, error);
    expect(change).toMatchObject({ kind: 'failed', version: 1, error });
    expect(matching(made, 'hi')).toEqual(['hello@1:main']);
    expect(made.list()).toMatchObject([{ name: 'hello', state: 'live', error }]);
    made.put(skill('hello', /hi/));
    expect(made.list()[0]).not.toHaveProperty('error');
  });

  test('of a skill that never loaded is listed as an error', () => {
    const made = registry();
    made.refuse('hello', { kind: 'path' }, error);
    expect(made.list()).toMatchObject([
      { name: 'hello', state: 'error', version: 0, matchers: [] }
    ]);
  });
});

test('order is that of the configuration, and a reload keeps its place', () => {
  const made = registry(skill('a', /x/), skill('b', /x/), skill('c', /x/));
  made.put(skill('a', /x/));
  expect(matching(made, 'x')).toEqual(['a@2:main', 'b@1:main', 'c@1:main']);
  made.arrange(['c', 'a']);
  expect(matching(made, 'x')).toEqual(['c@1:main', 'a@2:main', 'b@1:main']);
  expect(made.list().map(({ name }) => name)).toEqual(['c', 'a', 'b']);
});

test('every change counts, and removing takes everything away', () => {
  const made = registry(skill('a', /x/));
  const before = made.generation;
  expect(made.remove('a')).toMatchObject({ kind: 'removed', removed: [{ pattern: 'x' }] });
  expect(made.generation).toBe(before + 1);
  expect(made.list()).toEqual([]);
  expect(matching(made, 'x')).toEqual([]);
});
