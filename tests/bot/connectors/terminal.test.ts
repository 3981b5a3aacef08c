import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { localUser, Terminal } from '../../../src/bot/connectors/shell';
import { temporaryFolder } from '../../support/temporary-folder';

function setUp({
  interactive = true,
  historyFile
}: { interactive?: boolean; historyFile?: string } = {}) {
  const input = Object.assign(new PassThrough(), {
    isTTY: interactive,
    setRawMode: () => undefined
  });
  const output = Object.assign(new PassThrough(), { isTTY: interactive, columns: 80 });
  let written = '';
  output.on('data', chunk => (written += String(chunk)));
  const terminal = new Terminal({
    input,
    output,
    prompt: 'bot> ',
    ...(historyFile && { historyFile })
  });
  const lines: string[] = [];
  let ended!: () => void;
  const end = new Promise<void>(resolve => (ended = resolve));
  terminal.open(line => lines.push(line), ended);
  return { input, terminal, lines, end, written: () => written };
}

/** Lets streams pass on what they have. */
const flushed = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('in front of a person', () => {
  test('asks, takes lines, and shows answers above the next one', async () => {
    const { input, terminal, lines, written } = setUp();
    input.write('hello\r');
    await flushed();
    expect(lines).toEqual(['hello']);
    input.write('half a li');
    await flushed();
    terminal.show('Hi Ann');
    await flushed();
    const shown = written();
    expect(shown.indexOf('Hi Ann\n')).toBeGreaterThan(shown.indexOf('hello'));
    expect(shown.slice(shown.indexOf('Hi Ann\n'))).toContain('bot> half a li');
    input.write('ne\r');
    await flushed();
    expect(lines).toEqual(['hello', 'half a line']);
  });

  test('says nothing for an empty line', async () => {
    const { input, lines } = setUp();
    input.write('\r   \rx\r');
    await flushed();
    expect(lines).toEqual(['x']);
  });

  test('Ctrl-C gives up a line, and leaves on an empty one', async () => {
    const { input, lines, end } = setUp();
    input.write('not this\u0003');
    await flushed();
    input.write('this\r');
    await flushed();
    expect(lines).toEqual(['this']);
    input.write('\u0003');
    await end;
  });

  test('Ctrl-D leaves', async () => {
    const { input, end } = setUp();
    input.write('\u0004');
    await end;
  });

  test('the arrow upwards brings back lines of earlier sessions', async () => {
    const historyFile = path.join(temporaryFolder(), 'history');
    const first = setUp({ historyFile });
    first.input.write('one\rtwo\r\u0004');
    await first.end;
    expect(readFileSync(historyFile, 'utf8')).toBe('two\none\n');
    const second = setUp({ historyFile });
    second.input.write('\u001b[A\u001b[A\r');
    await flushed();
    expect(second.lines).toEqual(['one']);
  });
});

test('piped input is read to its end, and only the answers are written', async () => {
  const { input, terminal, lines, end, written } = setUp({ interactive: false });
  input.end('hello\nhelp\n');
  await end;
  terminal.show('Hi');
  terminal.clear();
  await flushed();
  expect(lines).toEqual(['hello', 'help']);
  expect(written()).toBe('Hi\n');
});

test.each([
  [{ LOGNAME: 'a', USER: 'b' }, 'b'],
  [{ LOGNAME: 'a', USERNAME: 'd', USER: '' }, 'd'],
  [{ LOGNAME: 'a' }, 'a']
])('with %j a person is called %s, as in opsdroid', (environment, name) => {
  expect(localUser(environment)).toEqual({ id: `local:${name}`, name });
});
