// The chat panel in Chromium, as a person meets it: what it adds to a page, how soon one sees one's own
// words and the answer, and what ten thousand messages cost. A real JupyterLab and a real bot.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/setup/folders.mjs';
import { chromium } from '../../scripts/test/chromium.mjs';
import { Bench } from '../support/bench.mjs';

await Bench.run(async bench => {
  const file = path.join(bench.folder(), 'figures.json');
  const browser = await chromium(async (command, parameters) => {
    spawnSync(command, parameters, { stdio: 'ignore' });
  });
  const cli = path.join(root, 'node_modules/@playwright/test/cli.js');
  const config = path.join(root, 'bench/panel.config.ts');
  const child = bench.start([process.execPath, [cli, 'test', '-c', config]], {
    cwd: root,
    env: { ...process.env, CHATOPS_CHROMIUM: browser, CHATOPS_FIGURES: file },
    // What follows on this program's own output is the figures and nothing else.
    stdio: ['ignore', 2, 2]
  });
  const code = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? signal));
  });
  if (code !== 0) {
    throw new Error(`the measuring ended with ${code}`);
  }
  return JSON.parse(readFileSync(file, 'utf8'));
});
