import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../../scripts/setup/folders.mjs';
import { readOptions } from '../../../scripts/start/options.mjs';

describe('readOptions', () => {
  const here = path.resolve('/home/me');

  it('opens a browser on the folder workspace of the checkout by default', () => {
    expect(readOptions([], here)).toEqual({
      workspace: path.join(root, 'workspace'),
      port: undefined,
      browser: true,
      help: false
    });
  });

  it('takes a folder, as seen from where the person is, and options in any order', () => {
    expect(readOptions(['--port', '9000', 'bots', '--no-browser'], here)).toEqual({
      workspace: path.join(here, 'bots'),
      port: 9000,
      browser: false,
      help: false
    });
  });

  it.each([
    [['--port', 'http'], '--port takes a number from 1 to 65535, not http.'],
    [['--port=0'], '--port takes a number from 1 to 65535, not 0.'],
    [['--prot', '1'], "Unknown option '--prot': see --help."],
    [['a', 'b'], 'One workspace folder at a time, not 2: see --help.']
  ])('says what is wrong with %j', (parameters, message) => {
    expect(() => readOptions(parameters, here)).toThrow(message);
  });
});
