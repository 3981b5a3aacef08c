import { expect, it } from 'vitest';
import { textDirection } from '../../../src/lab/chat/text-direction';

it.each([
  ['hello', 'ltr'],
  ['مرحبا, web-1', 'rtl'],
  ['42: שלום', 'rtl'],
  ['**web** لا', 'ltr'],
  ['𞤀𞤣𞤤𞤢𞤥', 'rtl'],
  ['你好', 'ltr'],
  ['42 …', undefined],
  ['', undefined]
])('“%s” is read %s', (text, direction) => {
  expect(textDirection(text)).toBe(direction);
});
