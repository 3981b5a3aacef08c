// The chat panel in Chromium, as a person meets it: what it adds to a page, how soon one sees one's own
// words and the answer, and what ten thousand messages cost. A real JupyterLab and a real bot.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { root } from '../../scripts/setup/folders.mjs';
import { chromium } from '../../scripts/test/chromium.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'chatops-bench-'));
const file = path.join(folder, 'figures.json');

try {
  const browser = await chromium(async (command, parameters) => {
    spawnSync(command, parameters, { stdio: 'ignore' });
  });
  const cli = path.join(root, 'node_modules/@playwright/test/cli.js');
  const { status } = spawnSync(
    process.execPath,
    [cli, 'test', '-c', path.join(root, 'bench/panel.config.ts')],
    {
      cwd: root,
      env: { ...process.env, CHATOPS_CHROMIUM: browser, CHATOPS_FIGURES: file },
      // What follows on this program's own output is the figures and nothing else.
      stdio: ['ignore', 2, 2]
    }
  );
  if (status !== 0) {
    throw new Error(`the measuring ended with ${status}`);
  }
  console.log(JSON.stringify(JSON.parse(readFileSync(file, 'utf8'))));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
