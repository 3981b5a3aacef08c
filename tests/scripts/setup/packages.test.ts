import { describe, expect, it } from 'vitest';
import { fits } from '../../../scripts/setup/packages.mjs';

describe('fits', () => {
  const lock = {
    packages: {
      '': { version: '0.1.0' },
      'node_modules/ws': { version: '8.18.0', integrity: 'sha512-a' },
      'node_modules/fast-mac': { version: '1.0.0', integrity: 'sha512-b', optional: true }
    }
  };
  const ws = lock.packages['node_modules/ws'];

  it('accepts what npm ci installs, without the optional packages of other platforms', () => {
    expect(fits({ packages: { 'node_modules/ws': ws } }, lock)).toBe(true);
  });

  it.each([
    ['a package that is missing', {}],
    ['another version', { 'node_modules/ws': { ...ws, version: '8.17.0' } }],
    ['another content', { 'node_modules/ws': { ...ws, integrity: 'sha512-x' } }],
    ['a package too many', { 'node_modules/ws': ws, 'node_modules/left': { version: '1.0.0' } }]
  ])('notices %s', (_, packages) => {
    expect(fits({ packages }, lock)).toBe(false);
  });
});
