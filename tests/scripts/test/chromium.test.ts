import { describe, expect, it } from 'vitest';
import { chromium, findChromium, type system } from '../../../scripts/test/chromium.mjs';

/** A machine with these files and these commands that work. */
function machine(
  files: string[],
  commands: string[] = [],
  more: Partial<typeof system> = {}
): typeof system {
  return {
    variables: { PATH: '/usr/local/bin:/usr/bin' },
    exists: file => files.includes(String(file)),
    isRoot: true,
    works: (program, parameters) =>
      files.includes(program) || commands.includes([program, ...parameters].join(' ')),
    playwrights: async () => '/cache/chrome',
    ...more
  };
}

describe('findChromium', () => {
  it('takes the one that is named', async () => {
    const on = machine(['/usr/bin/chromium'], [], { variables: { CHATOPS_CHROMIUM: '/mine' } });
    expect(await findChromium(on)).toBe('/mine');
  });

  it("prefers Playwright's own to the system's", async () => {
    expect(await findChromium(machine(['/usr/bin/chromium', '/cache/chrome']))).toBe(
      '/cache/chrome'
    );
  });

  it('finds one on the PATH', async () => {
    expect(await findChromium(machine(['/usr/bin/google-chrome']))).toBe('/usr/bin/google-chrome');
  });

  it('passes over one that does not run', async () => {
    const on = machine(['/usr/bin/chromium-browser'], [], { works: () => false });
    expect(await findChromium(on)).toBeUndefined();
  });
});

describe('chromium', () => {
  /** Installs Chromium when apt-get is told to, and keeps what was called. */
  function installer(files: string[]) {
    const calls: string[] = [];
    const run = async (command: string, parameters: string[]) => {
      calls.push([command, ...parameters].join(' '));
      if (parameters.includes('chromium')) {
        files.push('/usr/bin/chromium');
      }
    };
    return { calls, run };
  }

  it('installs nothing where there is one', async () => {
    const { calls, run } = installer([]);
    expect(await chromium(run, machine(['/usr/bin/chromium']))).toBe('/usr/bin/chromium');
    expect(calls).toEqual([]);
  });

  it("installs Debian's as root", async () => {
    const files: string[] = [];
    const { calls, run } = installer(files);
    const on = machine(files, ['apt-get --version']);
    expect(await chromium(run, on)).toBe('/usr/bin/chromium');
    expect(calls[0]).toMatch(/^env .*apt-get update$/);
    expect(calls[1]).toMatch(/^env .*apt-get install --yes .*chromium/);
  });

  it('uses sudo where it asks for no password', async () => {
    const files: string[] = [];
    const { calls, run } = installer(files);
    const commands = ['apt-get --version', 'sudo -n true'];
    await chromium(run, machine(files, commands, { isRoot: false }));
    expect(calls.every(call => call.startsWith('sudo -n env '))).toBe(true);
  });

  it.each([
    ['without apt-get', [], true],
    ['without the right to use it', ['apt-get --version'], false]
  ])('says what to install %s', async (_, commands, isRoot) => {
    const { calls, run } = installer([]);
    await expect(chromium(run, machine([], commands, { isRoot }))).rejects.toThrow(
      /install one, or run npx playwright install chromium/
    );
    expect(calls).toEqual([]);
  });
});
