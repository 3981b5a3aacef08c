import { expect, test, vi } from 'vitest';
import { SparingTypesetter } from '../../../src/lab/panel/sparing-typesetter';

function isSet(text: string): boolean {
  const typeset = vi.fn();
  new SparingTypesetter({ typeset }).typeset({ textContent: text } as HTMLElement);
  return typeset.mock.calls.length > 0;
}

test.each([
  'Euler: $e^{i\\pi} + 1 = 0$',
  '$$x$$',
  '\\(x\\)',
  '\\[x\\]',
  '\\begin{align}x\\end{align}'
])('mathematics is set: %s', text => expect(isSet(text)).toBe(true));

test.each(['all is well', 'a path such as C:\\bin', ''])('what is none, is left alone: %s', text =>
  expect(isSet(text)).toBe(false)
);
