import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/setup/folders.mjs';

/** What happens on a Node that says it is of this version. */
function loadOn(version: string) {
  const guard = path.join(root, 'scripts/node-version.cjs');
  const code = `
    Object.defineProperty(process, 'versions', { value: { node: ${JSON.stringify(version)} } });
    require(${JSON.stringify(guard)});
    console.log('goes on');`;
  return spawnSync(process.execPath, ['-e', code], { encoding: 'utf8' });
}

describe('node-version', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('lets Node %s go on', version => {
    expect(loadOn(version).stdout).toBe('goes on\n');
  });

  it.each(['8.17.0', '18.20.8', '20.9.0', '20.18.3'])('sends Node %s away', version => {
    const { status, stderr } = loadOn(version);
    expect(status).toBe(1);
    expect(stderr).toBe(
      `ChatOps needs Node 20.19 or newer and this is Node ${version}: install it from https://nodejs.org.\n`
    );
  });
});
