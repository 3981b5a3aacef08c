import { defineConfig } from '@playwright/test';
import tests from '../ui-tests/playwright.config';

/** Measures the chat panel in a browser; `bench/suites/panel.mjs` runs it. */
export default defineConfig({
  ...tests,
  testDir: 'panel',
  testMatch: '*.bench.ts',
  timeout: 600_000,
  reporter: 'line',
  // Recording what happens costs time that would be measured.
  use: { ...tests.use, trace: 'off', screenshot: 'off' }
});
