import { defineConfig } from '@playwright/test';

/** `npm test` names the browser; without it, Playwright's own is taken. */
const browser = process.env.CHATOPS_CHROMIUM;

export default defineConfig({
  testDir: 'tests',
  outputDir: '../test-results',
  // Two cores: JupyterLab, its page, the bot and a kernel would starve a second set of the same.
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    viewport: { width: 1400, height: 900 },
    locale: 'en-GB',
    // Recording every step takes a third of the time; `--trace retain-on-failure` does it on demand.
    trace: 'off',
    screenshot: 'only-on-failure',
    // Recording needs a program that comes with Playwright's own browsers only.
    video: 'off',
    launchOptions: {
      ...(browser && { executablePath: browser }),
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run'
      ]
    }
  }
});
