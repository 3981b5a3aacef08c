import { existsSync } from 'node:fs';
import path from 'node:path';
import { Problem } from '../setup/problem.mjs';
import { installFromDebian, system as debian } from './debian.mjs';

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
  ...debian,
  variables: process.env,
  exists: existsSync,
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
  // Without a font a page shows boxes in place of letters.
  await installFromDebian(['chromium', 'fonts-liberation'], run, on);
  const installed = await findChromium(on);
  if (!installed) {
    throw new Problem(
      'The browser tests need Chromium or Chrome: install one, or run npx playwright install chromium.'
    );
  }
  return installed;
}
