import { describe, expect, test } from 'vitest';
import { jsonValue, represent, type Representation } from '../../../src/kernel/session/mime-bundle';

const show = (value: unknown) => (represent(value) as Representation).data;

describe('what a value looks like', () => {
  test.each<[unknown, string]>([
    [42, '42'],
    ['text', "'text'"],
    [null, 'null'],
    [[1, 2], '[ 1, 2 ]'],
    [{ a: { b: 1 } }, '{ a: { b: 1 } }'],
    [new Map([['a', 1]]), "Map(1) { 'a' => 1 }"],
    [7n, '7n']
  ])('%o', (value, text) => {
    expect(show(value)).toEqual({ 'text/plain': text });
  });

  test('rows of plain objects are a table, their texts are no HTML', () => {
    const data = show([
      { name: '<b>', count: 1 },
      { name: 'c', other: [1] }
    ]);
    expect(data['text/html']).toContain('<th scope="col" style="text-align:left">other</th>');
    expect(data['text/html']).toContain('>&lt;b&gt;</td><td style="text-align:right">1</td>');
    expect(String(data['text/plain']).split('\n')).toEqual([
      'name  count  other',
      '────  ─────  ─────',
      '<b>   1',
      'c            [ 1 ]'
    ]);
  });

  test('a long table says what it leaves out', () => {
    const data = show(Array.from({ length: 130 }, (_, n) => ({ n })));
    expect(data['text/html']).toContain('… and 30 more rows');
    expect(data['text/plain']).toContain('… and 30 more rows');
  });

  test.each([[[]], [[1, { a: 1 }]], [[new Date(0)]], [[{}]]])('%o is no table', value => {
    expect(Object.keys(show(value))).toEqual(['text/plain']);
  });

  test('pictures by their bytes', () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 1);
    expect(show(png)).toEqual({
      'image/png': 'iVBORw0KGgoB',
      'text/plain': '<image/png, 9 bytes>'
    });
    expect(show(Uint8Array.of(0xff, 0xd8, 0xff, 0))).toHaveProperty('image/jpeg');
    expect(show(Buffer.from('GIF89a'))).toHaveProperty('image/gif');
    expect(show(Buffer.from('RIFF....WEBP'))).toHaveProperty('image/webp');
    expect(Object.keys(show(Buffer.from('text')))).toEqual(['text/plain']);
  });

  test('elements, canvases and charts', () => {
    expect(show({ outerHTML: '<p>x</p>' })['text/html']).toBe('<p>x</p>');
    expect(show({ outerHTML: '<svg></svg>' })['image/svg+xml']).toBe('<svg></svg>');
    expect(show({ toDataURL: () => 'data:image/png;base64,AAAA' })['image/png']).toBe('AAAA');
    const chart = { $schema: 'https://vega.github.io/schema/vega-lite/v5.json', mark: 'bar' };
    expect(show(chart)['application/vnd.vegalite.v5+json']).toEqual(chart);
  });

  test('an object may say itself, at once or later', async () => {
    const method = Symbol.for('Jupyter.display');
    expect(show({ [method]: () => ({ 'text/html': '<i>x</i>', 'text/plain': 'x' }) })).toEqual({
      'text/html': '<i>x</i>',
      'text/plain': 'x'
    });
    const late = await represent({
      [method]: async () => ({ 'application/json': { n: 1n }, 'image/png': Uint8Array.of(1) })
    });
    expect(late.data).toMatchObject({ 'application/json': { n: '1' }, 'image/png': 'AQ==' });
    expect(late.data['text/plain']).toContain('Jupyter.display');
  });

  test('a proxy is looked at without asking it anything', () => {
    const shy = new Proxy({}, { get: () => fail(), has: () => fail() });
    expect(show(shy)).toEqual({ 'text/plain': '{}' });
  });

  function fail(): never {
    throw new Error('asked');
  }
});

test('data as JSON: without circles and functions, bigints as text', () => {
  const shared = { s: 1 };
  const value: Record<string, unknown> = { a: shared, b: shared, big: 1n, f: () => 1 };
  value.self = value;
  expect(jsonValue(value)).toEqual({ a: { s: 1 }, b: { s: 1 }, big: '1' });
  expect(jsonValue(undefined)).toBeNull();
});
