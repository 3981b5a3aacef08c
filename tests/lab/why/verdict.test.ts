import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import { verdictOf } from '../../../src/lab/why/verdict';
import { candidate, trace } from './traces';

const trans = nullTranslator.load('');
const words = (...parts: Parameters<typeof trace>): string => {
  const { headline, reason } = verdictOf(trace(...parts), trans);
  return `${headline} ${reason}`.trim();
};

describe('the verdict', () => {
  it('says that nothing matches, and how many were tried', () => {
    expect(words()).toBe('No skill matches this. 3 matchers were tried.');
    expect(words({ considered: 1 })).toBe('No skill matches this. 1 matcher was tried.');
  });

  it('says that what matches may not answer', () => {
    const excluded = candidate('hello', {}, { excluded: 'only in ops' });
    expect(words({ candidates: [excluded] })).toBe(
      'Nobody answers this. 1 matcher fits, and may not answer here.'
    );
  });

  it('names the only one', () => {
    const known = { candidates: [candidate('hello')], winner: 0, outcome: 'answered' } as const;
    expect(words({ ...known, candidates: [...known.candidates] })).toBe(
      'hello answered. It is the only one that matches.'
    );
  });

  it('names the only one that may answer', () => {
    expect(
      words({
        candidates: [candidate('a', { score: 0.9 }, { excluded: 'no' }), candidate('b')],
        winner: 1,
        outcome: 'answered'
      })
    ).toBe('b answered. It is the only one that matches and may answer.');
  });

  it('says what decided: score, coverage, kind or order', () => {
    const decide = (mine: object, theirs: object, changes = {}): string =>
      verdictOf(
        trace({
          candidates: [candidate('a', mine), candidate('b', theirs, changes)],
          winner: 0,
          outcome: 'answered'
        }),
        trans
      ).reason;
    expect(decide({ score: 0.58333 }, { score: 0.5 })).toBe(
      'Its score is the best: 0.5833, before 0.5 of b.'
    );
    expect(decide({ coverage: 1 }, { coverage: 0.5 })).toBe(
      'It has the score of b, and covers more of the text.'
    );
    expect(decide({ order: 0 }, { order: 1 })).toBe(
      'It has the score of b, and was loaded before it.'
    );
    const intent = {
      matcher: {
        id: 'b',
        handler: 'b',
        kind: 'intent',
        intent: 'greet',
        threshold: 0.5,
        scoreFactor: 0.6
      }
    };
    expect(decide({}, {}, intent)).toContain('patterns go before');
  });

  it('speaks of what would be where a text was only tried', () => {
    const tried = { seq: 0, candidates: [candidate('deploy')], winner: 0 };
    expect(words({ ...tried, outcome: 'asked' })).toContain('deploy would ask first');
    expect(words({ ...tried, outcome: 'answered' })).toContain('deploy would answer.');
    expect(words({ ...tried, outcome: 'refused', refusal: 'Only ops may.' })).toBe(
      'deploy would not be allowed. Only ops may.'
    );
  });

  it('tells each ending from the others', () => {
    const chosen = { candidates: [candidate('deploy')], winner: 0 };
    const endings = (
      ['answered', 'asked', 'refused', 'failed', 'stopped', 'interrupted'] as const
    ).map(outcome => verdictOf(trace({ ...chosen, outcome }), trans));
    expect(new Set(endings.map(({ headline }) => headline)).size).toBe(6);
    expect(endings.map(({ tone }) => tone)).toEqual(['good', 'ask', 'bad', 'bad', 'bad', 'bad']);
  });

  it('tells a skill that was stopped from one that is on hold', () => {
    const chosen = { candidates: [candidate('deploy')], winner: 0, outcome: 'stopped' as const };
    const run = {
      skill: 'deploy',
      version: 1,
      matcher: 'deploy',
      duration: 60_000,
      replies: [],
      logs: [],
      http: []
    };
    expect(words({ ...chosen, run })).toContain('deploy was chosen, and stopped.');
    expect(words(chosen)).toContain('did not run: it is on hold.');
  });

  it('names who took what was left', () => {
    const run = {
      skill: 'fallback',
      version: 1,
      matcher: 'fallback',
      duration: 1,
      replies: [],
      logs: [],
      http: []
    };
    expect(words({ outcome: 'answered', companions: [{ kind: 'catchall', run }] })).toBe(
      'fallback answered. It takes what no other skill matches. 3 matchers were tried.'
    );
  });

  it('knows answers to questions', () => {
    expect(words({ outcome: 'answer' })).toBe('This answered a question of the bot.');
  });
});
