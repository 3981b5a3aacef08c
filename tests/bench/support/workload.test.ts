import { describe, expect, it } from 'vitest';
import { conversation, patternOf } from '../../../bench/support/workload.mjs';

describe('the workload W', () => {
  const skills = 100;
  const { texts, hits } = conversation(skills, 1000);
  const matching = (text: string): number[] =>
    Array.from({ length: skills }, (_, i) => i).filter(i =>
      new RegExp(patternOf(i), 'i').test(text)
    );

  it('hits exactly one skill with every fifth message, and none with the others', () => {
    expect(texts.map(text => matching(text).length)).toEqual(
      texts.map((_, i) => (i % 5 === 4 ? 1 : 0))
    );
    expect(hits).toBe(texts.length / 5);
  });

  it('hits many different skills', () => {
    expect(new Set(texts.flatMap(matching)).size).toBeGreaterThan(skills / 2);
  });

  it('is the same for everyone', () => {
    expect(conversation(skills, 1000)).toEqual({ texts, hits });
  });
});
