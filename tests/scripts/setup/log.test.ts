import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Log } from '../../../scripts/setup/log.mjs';
import { temporaryFolder } from '../../support/temporary-folder';

describe('Log', () => {
  const node = process.execPath;
  const makeLog = () => new Log(path.join(temporaryFolder(), 'deep', 'x.log'));

  it('keeps what commands write, both streams, and the commands', async () => {
    const log = makeLog();
    const output = await log.run(node, ['-e', 'console.log("out"); console.error("err")']);
    expect(output).toMatch(/out\n/);
    expect(output).toMatch(/err\n/);
    const kept = readFileSync(log.file, 'utf8');
    expect(kept).toContain('$ ');
    expect(kept).toContain('err\n');
  });

  it('rejects with the output of a command that fails', async () => {
    await expect(
      makeLog().run(node, ['-e', 'console.log("why"); process.exitCode = 3'])
    ).rejects.toMatchObject({ output: 'why\n', message: expect.stringContaining('ended with 3') });
  });

  it('rejects when there is no such command', async () => {
    await expect(makeLog().run('no-such-command', [])).rejects.toThrow(/no-such-command/);
  });

  it('ends the commands that still run', async () => {
    const log = makeLog();
    const running = log.run(node, ['-e', 'setInterval(() => {}, 1000)']);
    log.stop();
    await expect(running).rejects.toThrow('SIGTERM');
  });
});
