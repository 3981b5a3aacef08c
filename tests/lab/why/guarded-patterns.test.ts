import { nullTranslator } from '@jupyterlab/translation';
import { expect, it } from 'vitest';
import { guardedPatterns } from '../../../src/lab/why/guarded-patterns';
import type { SkillRecord } from '../../../src/protocol';
import { candidate } from './traces';

const trans = nullTranslator.load('');
const { matcher } = candidate('peek');
const guarded = [{ skill: 'peek', matcher: 'peek', reason: 'it looks ahead' }];

function live(pattern: string): SkillRecord {
  return {
    name: 'peek',
    state: 'live',
    version: 2,
    source: { kind: 'path' },
    matchers: [{ ...matcher, kind: 'regex', pattern, flags: '', condition: 'search' }]
  };
}

it('shows a pattern that did not match as its skill has it', () => {
  expect(guardedPatterns({ guarded, candidates: [] }, [live('(?=x)')], trans)).toEqual([
    { skill: 'peek', matcher: 'peek', code: '/(?=x)/', reason: 'it looks ahead' }
  ]);
});

it('shows one that matched as it was when it did', () => {
  const candidates = [candidate('peek')];
  expect(guardedPatterns({ guarded, candidates }, [live('(?=x)')], trans)).toMatchObject([
    { code: '/hello/' }
  ]);
});

it('names one that is gone', () => {
  expect(guardedPatterns({ guarded, candidates: [] }, [], trans)).toMatchObject([
    { skill: 'peek', code: '' }
  ]);
  expect(guardedPatterns({ candidates: [] }, [], trans)).toEqual([]);
});
