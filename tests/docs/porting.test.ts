import { expect, test } from 'vitest';
import * as chatops from '../../src/skill';
import { describePage } from '../support/conversation-page';

const page = describePage('docs/porting.md');

test('every matcher and constraint that skills can import is named', () => {
  const names = Object.keys(chatops).filter(name => /^(?:match|constrain)[A-Z]/.test(name));
  // The third constraint reads like the other two.
  expect(names.filter(name => !page.includes(name) && name !== 'constrainConnectors')).toEqual([]);
});
