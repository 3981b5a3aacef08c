import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import { conditionOf, conditionWords, listSkills } from '../../../src/lab/skills/skill-list';
import { chatOpsError, type SkillRecord } from '../../../src/protocol';

const trans = nullTranslator.load('');
const { record: error } = chatOpsError('CHATOPS_CONNECTION_LOST', {});

function skill(name: string, changes: Partial<SkillRecord> = {}): SkillRecord {
  return {
    name,
    state: 'live',
    version: 2,
    source: { kind: 'path', file: `skills/${name}/index.ts` },
    matchers: [
      {
        id: name,
        handler: name,
        kind: 'regex',
        pattern: `^${name}$`,
        flags: '',
        condition: 'search',
        scoreFactor: 0.6,
        description: `Says ${name}.`,
        examples: [`please ${name}`]
      }
    ],
    ...changes
  };
}

const skills = [
  skill('devtools', { source: { kind: 'builtin' } }),
  skill('weather'),
  skill('broken', { state: 'error', version: 0, error, matchers: [] }),
  skill('hello', { error }),
  skill('deploy')
];

function names(search: string): string[] {
  return listSkills(skills, search, trans).map(({ name }) => name);
}

describe('the list of skills', () => {
  it('begins with what needs someone, and ends with what comes with the product', () => {
    expect(names('')).toEqual(['broken', 'hello', 'deploy', 'weather', 'devtools']);
  });

  it('finds by name, file, pattern, description, example and state; all words have to be there', () => {
    expect(names('WEATHER')).toEqual(['weather']);
    expect(names('skills/deploy')).toEqual(['deploy']);
    expect(names('^hello$')).toEqual(['hello']);
    expect(names('says weather')).toEqual(['weather']);
    expect(names('please deploy')).toEqual(['deploy']);
    expect(names('would not load')).toEqual(['broken', 'hello']);
    expect(names('weather deploy')).toEqual([]);
  });

  it('does not change what it was given', () => {
    expect(skills[0]!.name).toBe('devtools');
  });
});

describe('the condition of a skill', () => {
  it('tells one that answers in an older version from one that never did', () => {
    expect(skills.map(conditionOf)).toEqual(['live', 'live', 'error', 'outdated', 'live']);
    expect(conditionWords(skills[3]!, trans)).toBe(
      'version 2 answers; the newest one would not load'
    );
    expect(conditionWords(skills[1]!, trans)).toBe('live, version 2');
    const held = skill('held', { state: 'held', error });
    expect(conditionOf(held)).toBe('held');
    expect(conditionWords(held, trans)).toBe('on hold');
    expect(listSkills([...skills, held], '', trans)[2]!.name).toBe('held');
  });
});
