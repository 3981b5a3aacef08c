import { test as base, expect, type Page } from '@playwright/test';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Bot } from './bot';
import { Chat } from './chat';
import { JupyterLab, PERSON_COOKIE } from './jupyter-lab';
import { LabPool } from './lab-pool';
import { Network } from './network';

/** Keeps JupyterLab from asking whether one wants its news: the question lies over the chat. */
const quiet = {
  '@jupyterlab/apputils-extension/notification': { fetchNews: 'false', checkForUpdates: false }
};

/** What a test has at hand. */
export interface Fixtures {
  /** The network between the page and the bot. Named first, as it must be there before the page. */
  network: Network;
  /** A JupyterLab of its own, open in the page. */
  lab: JupyterLab;
  /** Its chat panel, not open yet. */
  chat: Chat;
  /** Files of the workspace, by path, before JupyterLab starts. */
  files: Record<string, string>;
  /** What was set in JupyterLab, by the plugin's path. */
  settings: Record<string, object>;
  /** More of the server's environment. */
  variables: Record<string, string>;
  /** Who is in front of the browser, where Jupyter shall know it. */
  person: string;
  /** `lab`, or `notebook` for Notebook 7. */
  app: string;
  /** The page to begin with. */
  address: string;
  /** Whether the next test's JupyterLab starts while this one runs, which keeps the machine busy. */
  ahead: boolean;
  /** The bot of the workspace, from outside. */
  bot: () => Bot;
}

/** Starts a real JupyterLab with a real bot for each test. */
export const test = base.extend<Fixtures, { labs: LabPool }>({
  files: [{}, { option: true }],
  settings: [{}, { option: true }],
  variables: [{}, { option: true }],
  person: ['', { option: true }],
  app: ['lab', { option: true }],
  address: ['lab', { option: true }],
  ahead: [true, { option: true }],

  labs: [
    async ({ playwright: _ }, use) => {
      const labs = new LabPool();
      await use(labs);
      await labs.close();
    },
    { scope: 'worker' }
  ],

  network: async ({ page }, use) => {
    await use(await Network.of(page));
  },

  lab: async (
    { page, labs, files, settings, variables, person, app, address, ahead },
    use,
    testInfo
  ) => {
    const isUsual = app === 'lab' && Object.keys(variables).length === 0;
    const lab = isUsual ? await labs.take() : new JupyterLab();
    try {
      for (const [name, text] of Object.entries(files)) {
        write(lab.workspace, name, text);
      }
      for (const [plugin, values] of Object.entries({ ...quiet, ...settings })) {
        write(lab.settings, `${plugin}.jupyterlab-settings`, JSON.stringify(values));
      }
      if (!isUsual) {
        await lab.start(variables, app);
      }
      await introduce(page, lab, person);
      await page.goto(lab.page(address));
      // Notebook 7 has another one above its list of files.
      await expect(page.getByRole('menubar').first()).toBeVisible({ timeout: 60_000 });
      await expect(page.locator('#jupyterlab-splash')).toHaveCount(0);
      if (address === 'lab') {
        await isLaidOut(page);
      }
      if (ahead) {
        labs.prepare();
      }
      await use(lab);
    } finally {
      await page.close();
      const ending = labs.giveBack(lab);
      if (testInfo.status !== testInfo.expectedStatus) {
        await ending;
        await testInfo.attach('JupyterLab', { body: lab.log, contentType: 'text/plain' });
      }
    }
  },

  chat: async ({ lab: _, page }, use) => {
    await use(new Chat(page));
  },

  bot: async ({ lab }, use) => {
    await use(() => Bot.of(lab.workspace));
  }
});

export { expect };

/** Waits for the last thing that an empty JupyterLab does before it leaves the cursor and the keys to the person. */
export async function isLaidOut(page: Page): Promise<void> {
  await expect(page.locator('.jp-Launcher')).toBeFocused();
}

/** Says to Jupyter who is in front of a browser. */
export async function introduce(page: Page, lab: JupyterLab, person: string): Promise<void> {
  if (person !== '') {
    await page.context().addCookies([{ name: PERSON_COOKIE, value: person, url: lab.url }]);
  }
}

/** Writes a file of a workspace as an editor outside of JupyterLab does. */
export function write(workspace: string, name: string, text: string): void {
  const file = path.join(workspace, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
}
