import { expect, test } from 'vitest';
import { asksForWorkshop, withoutWorkshop } from '../../../src/lab/workshop/workshop-address';

test.each([
  ['http://h/lab?chatops=workshop', true],
  ['http://h/user/a/lab?token=t&chatops=workshop#x', true],
  ['http://h/lab?chatops=other', false],
  ['http://h/lab/tree/chatops=workshop', false]
])('%s', (address, asks) => expect(asksForWorkshop(address)).toBe(asks));

test('everything else of the address stays', () => {
  expect(withoutWorkshop('http://h/lab/tree/a?token=t&chatops=workshop&reset#x')).toBe(
    'http://h/lab/tree/a?token=t&reset=#x'
  );
  expect(withoutWorkshop('http://h/lab?chatops=workshop')).toBe('http://h/lab');
});
