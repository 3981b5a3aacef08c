import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../setup/problem.mjs';

const programs = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge'
];

const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe'
];

/** The part of the system that the search looks at; tests bring their own. */
export const system = {
  variables: process.env,
  exists: existsSync,
  isRoot: process.getuid?.() === 0,
  /** @param {string} program @param {string[]} parameters */
  works: (program, parameters) =>
    spawnSync(program, parameters, { stdio: 'ignore', timeout: 30_000 }).status === 0,
  /** The one that `npx playwright install` downloads. */
  playwrights: async () => (await import('@playwright/test')).chromium.executablePath()
};

/**
 * Finds a Chromium or something of its kind: the one named by `CHATOPS_CHROMIUM`, Playwright's, or
 * the system's.
 *
 * @returns {Promise<string | undefined>} its path
 */
export async function findChromium(on = system) {
  const { CHATOPS_CHROMIUM, PATH = '' } = on.variables;
  if (CHATOPS_CHROMIUM) {
    return CHATOPS_CHROMIUM;
  }
  const folders = PATH.split(path.delimiter).filter(Boolean);
  const candidates = [
    await on.playwrights(),
    ...programs.flatMap(program => folders.map(folder => path.join(folder, program))),
    ...places
  ];
  // Ubuntu's `chromium-browser` may be a script that only tells to install a snap.
  return candidates.find(
    file => on.exists(file) && (file.endsWith('.exe') || on.works(file, ['--version']))
  );
}

/**
 * Finds a Chromium, or installs Debian's.
 *
 * @param {(command: string, parameters: string[]) => Promise<unknown>} run
 * @returns {Promise<string>} its path
 * @throws {Problem}
 */
export async function chromium(run, on = system) {
  const found = await findChromium(on);
  if (found) {
    return found;
  }
  const apt = aptGet(on);
  if (apt) {
    const [program, ...parameters] = apt;
    await run(program, [...parameters, 'update']);
    // Without a font a page shows boxes in place of letters.
    const packages = ['chromium', 'fonts-liberation'];
    await run(program, [...parameters, 'install', '--yes', '--no-install-recommends', ...packages]);
  }
  const installed = await findChromium(on);
  if (!installed) {
    throw new Problem(
      'The browser tests need Chromium or Chrome: install one, or run npx playwright install chromium.'
    );
  }
  return installed;
}

/**
 * `apt-get` as a command, where this person may use it without being asked for a password.
 *
 * @returns {[string, ...string[]] | undefined}
 */
function aptGet(on = system) {
  if (!on.works('apt-get', ['--version'])) {
    return undefined;
  }
  /** @type {[string, ...string[]]} */
  const quietly = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  if (on.isRoot) {
    return quietly;
  }
  return on.works('sudo', ['-n', 'true']) ? ['sudo', '-n', ...quietly] : undefined;
}
