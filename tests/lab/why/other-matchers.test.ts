import { expect, it } from 'vitest';
import { otherMatchers } from '../../../src/lab/why/other-matchers';
import type { SkillRecord } from '../../../src/protocol';
import { candidate } from './traces';

const { matcher } = candidate('hello');

function skill(name: string, changes: Partial<SkillRecord> = {}): SkillRecord {
  return {
    name,
    state: 'live',
    version: 1,
    source: { kind: 'path' },
    matchers: [{ ...matcher, id: name }],
    ...changes
  };
}

it('lists live matchers of texts that did not match, the product’s own last', () => {
  const others = otherMatchers({ candidates: [candidate('hello')] }, [
    skill('devtools', { source: { kind: 'builtin' } }),
    skill('hello'),
    skill('broken', { state: 'error' }),
    skill('clock', {
      matchers: [
        { id: 'tick', handler: 'tick', kind: 'crontab', schedule: '* * * * *', scoreFactor: 0.6 }
      ]
    }),
    skill('weather')
  ]);
  expect(others.map(({ skill: name }) => name)).toEqual(['weather', 'devtools']);
});
