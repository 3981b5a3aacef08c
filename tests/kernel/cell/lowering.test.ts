import { describe, expect, it } from 'vitest';
import { needsLowering } from '../../../src/kernel/cell';

describe('needsLowering', () => {
  it.each([
    '@sealed class A {}',
    'class A { @logged m() {} }',
    'class A { accessor x = 1 }',
    "class A { static accessor ['x'] = 1 }",
    'using file = open()',
    'await using file = open()',
    'for (using x of y) {}',
    'namespace A { export const b = 1 }'
  ])('is true for %s', text => {
    expect(needsLowering(text)).toBe(true);
  });

  it.each([
    "const mail = 'a@b.c'",
    'const mail = `@${name}`',
    '// @ts-expect-error',
    '/** @param x */',
    '/@/.test(x)',
    'const accessor = 1, using = 2; accessor + using',
    'using\nfile = 1',
    'module.exports = 1'
  ])('is false for %s', text => {
    expect(needsLowering(text)).toBe(false);
  });
});
