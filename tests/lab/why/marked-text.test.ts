import { describe, expect, it } from 'vitest';
import { markText } from '../../../src/lab/why/marked-text';

const capture = (name: string, start: number, end: number) => ({
  name,
  value: '',
  span: { start, end }
});

describe('markText', () => {
  it('leaves a text without matches whole', () => {
    expect(markText('hello', [], [])).toEqual([
      { text: 'hello', matched: false, capture: undefined }
    ]);
    expect(markText('', [], [])).toEqual([]);
  });

  it('cuts at the ends of matches and captures', () => {
    expect(
      markText('deploy web now', [{ start: 0, end: 10 }], [capture('service', 7, 10)])
    ).toEqual([
      { text: 'deploy ', matched: true, capture: undefined },
      { text: 'web', matched: true, capture: 0 },
      { text: ' now', matched: false, capture: undefined }
    ]);
  });

  it('gives a stretch to the innermost of nested captures, and to the later of equal ones', () => {
    const stretches = markText(
      'abc',
      [{ start: 0, end: 3 }],
      [capture('outer', 0, 3), capture('inner', 1, 2), capture('same', 1, 2)]
    );
    expect(stretches.map(({ text, capture: index }) => [text, index])).toEqual([
      ['a', 0],
      ['b', 2],
      ['c', 0]
    ]);
  });

  it('takes every place of a match, empty ones and those beyond the end', () => {
    const stretches = markText(
      '1 2',
      [
        { start: 0, end: 1 },
        { start: 1, end: 1 },
        { start: 2, end: 9 }
      ],
      []
    );
    expect(stretches.map(({ text, matched }) => [text, matched])).toEqual([
      ['1', true],
      [' ', false],
      ['2', true]
    ]);
  });

  it('leaves out groups that took no part', () => {
    expect(markText('a', [], [{ name: '1', value: null }])).toEqual([
      { text: 'a', matched: false, capture: undefined }
    ]);
  });
});
