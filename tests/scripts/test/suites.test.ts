import { describe, expect, it } from 'vitest';
import { choose, suites, type Suite } from '../../../scripts/test/suites.mjs';

describe('choose', () => {
  const suite = (name: string, exists = true): Suite => ({
    name,
    needs: [],
    format: 'junit',
    command: () => undefined,
    exists: () => exists
  });
  const all = [suite('lint'), suite('unit'), suite('browser', false)];

  it('takes all that exist, in their order', () => {
    expect(choose([], all).map(({ name }) => name)).toEqual(['lint', 'unit']);
  });

  it('takes those that were asked for, in their order', () => {
    expect(choose(['unit', 'lint'], all).map(({ name }) => name)).toEqual(['lint', 'unit']);
  });

  it('leaves out one that runs only when it is named', () => {
    const pictures = { ...suite('pictures'), onRequest: true } as const;
    expect(choose([], [...all, pictures]).map(({ name }) => name)).toEqual(['lint', 'unit']);
    expect(choose(['pictures'], [...all, pictures])).toEqual([pictures]);
  });

  it('says which there are when one is not', () => {
    expect(() => choose(['units'], all)).toThrow(
      'There is no suite named units. The suites are: lint, unit.'
    );
  });
});

describe('suites', () => {
  it('finds the tests of this checkout', () => {
    expect(choose([]).map(({ name }) => name)).toEqual(
      expect.arrayContaining(['lint', 'types', 'build', 'unit', 'relay', 'packaging', 'start'])
    );
  });

  it('gives each its own name', () => {
    expect(new Set(suites.map(({ name }) => name)).size).toBe(suites.length);
  });
});
