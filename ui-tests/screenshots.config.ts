import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** Makes the pictures of the documentation: `npm run screenshots`. */
export default defineConfig({ ...tests, testDir: 'screenshots' });
