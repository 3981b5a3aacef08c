import { expect, test } from 'vitest';
import { History } from '../../../src/kernel/front/history';

function filled(): History {
  const history = new History();
  ['one()', 'two()', 'one()', 'three(1)'].forEach((input, index) => history.add(index + 1, input));
  history.setOutput(2, '2');
  return history;
}

test('the last ones', () => {
  expect(filled().query({ hist_access_type: 'tail', n: 2 })).toEqual([
    [1, 3, 'one()'],
    [1, 4, 'three(1)']
  ]);
  expect(filled().query({ hist_access_type: 'tail', n: 0 })).toEqual([]);
});

test('a range, with outputs', () => {
  expect(
    filled().query({ hist_access_type: 'range', session: 1, start: 2, stop: 4, output: true })
  ).toEqual([
    [1, 2, ['two()', '2']],
    [1, 3, ['one()', null]]
  ]);
  expect(filled().query({ hist_access_type: 'range', session: 0 })).toHaveLength(4);
  expect(filled().query({ hist_access_type: 'range', session: 9 })).toEqual([]);
});

test('a search', () => {
  const search = (pattern: string, more = {}) =>
    filled()
      .query({ hist_access_type: 'search', pattern, ...more })
      .map(([, line]) => line);
  expect(search('one*')).toEqual([1, 3]);
  expect(search('one*', { unique: true })).toEqual([3]);
  expect(search('*(?)')).toEqual([4]);
  expect(search('*', { n: 1 })).toEqual([4]);
  expect(search('[a')).toEqual([]);
});
