import { defineConfig } from 'vitest/config';

/** `npm run soak`: in full what `npm test` runs in short. */
export default defineConfig({
  test: {
    include: ['tests/soak/**/*.test.ts'],
    env: { CHATOPS_SOAK: '1' },
    testTimeout: 3_600_000,
    hookTimeout: 30_000,
    // Each of them is meant to have the machine to itself.
    maxWorkers: 1,
    fileParallelism: false
  }
});
