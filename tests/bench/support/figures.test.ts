import { describe, expect, it } from 'vitest';
import { digits, range, section, target, withSection } from '../../../bench/support/figures.mjs';

const circumstances = { date: '2026-01-02', version: '1.2.3', node: '20.0.0', machine: '2 × core' };

describe('target', () => {
  it.each([
    [50, '<', 50, false],
    [49.9, '<', 50, true],
    [50, '≤', 50, true],
    [50.1, '≤', 50, false],
    [80, '≥', 80, true],
    [79.9, '≥', 80, false]
  ] as const)('%d %s %d: %s', (measured, relation, limit, met) => {
    expect(target('figure', measured, relation, limit).met).toBe(met);
  });

  it('names both numbers with their unit', () => {
    expect(target('start', 0.51, '<', 1, ' s')).toEqual({
      figure: 'start',
      measured: '0.51 s',
      target: '< 1 s',
      met: true
    });
  });

  it.each([undefined, Number.NaN])('is neither met nor missed when %s was measured', measured => {
    expect(target('figure', measured, '≤', 1)).not.toHaveProperty('met');
  });

  it('does not let rounding meet it', () => {
    const { measured, met } = target('cost', 1.3004, '≤', 1.3);
    expect({ measured, met }).toEqual({ measured: '1.3', met: false });
  });
});

describe('digits', () => {
  it.each([
    [0, '0'],
    [0.012345, '0.0123'],
    [1.005, '1'],
    [12.345, '12.3'],
    [99.96, '100'],
    [123.6, '124'],
    [48_400.4, '48,400'],
    [-0.5, '-0.5']
  ])('writes %d as %s', (value, text) => {
    expect(digits(value)).toBe(text);
  });
});

describe('range', () => {
  it('tells the ends where they differ', () => {
    expect(range({ median: 2, low: 1, high: 1000 })).toBe('2 (1–1,000)');
    expect(range({ median: 2, low: 2.0001, high: 2 })).toBe('2');
  });
});

describe('section', () => {
  const figures = {
    title: 'Speed',
    runs: '5 runs',
    versions: ['Hubot 1.0'],
    tables: [{ columns: ['who', 'a second'], rows: [['ChatOps', 10]] }],
    targets: [
      { figure: 'fast', measured: '10', target: '≥ 5', met: true },
      { figure: 'small', measured: '9', target: '≤ 5', met: false },
      { figure: 'old', measured: '–', target: '≤ 5' }
    ],
    notes: ['One thing to know.']
  };

  it('says when, where and beside whom, and which targets were met', () => {
    expect(section('speed', figures, circumstances)).toBe(
      `## Speed

\`npm run bench -- speed\`, 2026-01-02, ChatOps 1.2.3, Node 20.0.0, 2 × core; 5 runs. Beside Hubot 1.0.

| who | a second |
| --- | ---: |
| ChatOps | 10 |

| target | measured | wanted |  |
| --- | ---: | ---: | ---: |
| fast | 10 | ≥ 5 | met |
| small | 9 | ≤ 5 | **missed** |
| old | – | ≤ 5 | not measured |

One thing to know.
`
    );
  });
});

describe('withSection', () => {
  const of = (name: string, text: string): string =>
    `## ${text}\n\n\`npm run bench -- ${name}\`, today\n`;
  const document = `# Figures\n\nWords.\n\n${of('one', 'First')}\n${of('two', 'Second')}`;

  it('replaces the section of the same suite where it stands, whatever its title', () => {
    expect(withSection(document, 'one', of('one', 'Anew'))).toBe(
      `# Figures\n\nWords.\n\n${of('one', 'Anew')}\n${of('two', 'Second')}`
    );
  });

  it('adds one that is not there yet', () => {
    expect(withSection('# Figures\n', 'one', of('one', 'First'))).toBe(
      `# Figures\n\n${of('one', 'First')}`
    );
  });

  it('does not take a suite for another whose name begins alike', () => {
    const longer = `# Figures\n\n${of('one-more', 'Longer')}`;
    expect(withSection(longer, 'one', of('one', 'First'))).toContain('Longer');
  });
});
