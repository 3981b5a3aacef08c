import { readFileSync } from 'node:fs';

/** @typedef {'vitest' | 'junit' | 'playwright'} Format */

/**
 * How the tests of a suite ended.
 *
 * @typedef {object} Counts
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/** @type {Record<Format, (text: string) => Counts>} */
const readers = {
  vitest: text => {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(text);
    return {
      passed: numPassedTests,
      failed: numFailedTests,
      skipped: numPendingTests + numTodoTests
    };
  },
  junit: text => {
    const [summary = ''] = /<testsuite\s[^>]*>/.exec(text) ?? [];
    /** @param {string} name */
    const count = name => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(summary)?.[1]);
    const failed = count('failures') + count('errors');
    const skipped = count('skipped');
    return { passed: count('tests') - failed - skipped, failed, skipped };
  },
  playwright: text => {
    const { expected, flaky, unexpected, skipped } = JSON.parse(text).stats;
    // A test that needed a second attempt did not pass.
    return { passed: expected, failed: unexpected + flaky, skipped };
  }
};

/**
 * Reads a suite's own report. A suite that ended badly without a failed test, or that left no report,
 * could not run: that counts as one failure.
 *
 * @param {string} file
 * @param {Format} format
 * @param {boolean} endedWell - whether its exit code was 0
 * @returns {Counts}
 */
export function readReport(file, format, endedWell) {
  try {
    const counts = readers[format](readFileSync(file, 'utf8'));
    if (Object.values(counts).every(Number.isInteger)) {
      const ran = counts.passed + counts.failed + counts.skipped > 0;
      const failed = endedWell && ran ? counts.failed : Math.max(counts.failed, 1);
      return { ...counts, failed };
    }
  } catch {
    // Told below: no report that can be read.
  }
  return { passed: 0, failed: 1, skipped: 0 };
}

/**
 * The counts in words.
 *
 * @param {Counts} counts
 */
export function describe({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/**
 * @param {Counts[]} counts
 * @returns {Counts}
 */
export function total(counts) {
  return counts.reduce(
    (sum, { passed, failed, skipped }) => ({
      passed: sum.passed + passed,
      failed: sum.failed + failed,
      skipped: sum.skipped + skipped
    }),
    { passed: 0, failed: 0, skipped: 0 }
  );
}
