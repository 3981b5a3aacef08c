import path from 'node:path';
import { describe as group, expect, it } from 'vitest';
import { describe, readReport, total } from '../../../scripts/test/report.mjs';
import { temporaryFolder } from '../../support/temporary-folder';

const junit = (counts: string) =>
  `<?xml version="1.0" encoding="utf-8"?><testsuites name="pytest tests"><testsuite name="pytest" ${counts} time="0.1"><testcase classname="a" name="b" tests="99" /></testsuite></testsuites>`;
const vitest = { numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };

function read(text: string, format: 'vitest' | 'junit' | 'playwright', endedWell = true) {
  const folder = temporaryFolder({ report: text });
  return readReport(path.join(folder, 'report'), format, endedWell);
}

group('readReport', () => {
  it("reads vitest's", () => {
    expect(read(JSON.stringify(vitest), 'vitest')).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it("reads pytest's, where an error is a failure", () => {
    const text = junit('errors="1" failures="2" skipped="3" tests="10"');
    expect(read(text, 'junit', false)).toEqual({ passed: 4, failed: 3, skipped: 3 });
  });

  it("reads Playwright's, where a flaky test is a failure", () => {
    const text = JSON.stringify({ stats: { expected: 4, skipped: 1, unexpected: 2, flaky: 1 } });
    expect(read(text, 'playwright', false)).toEqual({ passed: 4, failed: 3, skipped: 1 });
  });

  it('counts a suite that ended badly without a failed test as a failure', () => {
    const text = junit('errors="0" failures="0" skipped="0" tests="3"');
    expect(read(text, 'junit', false)).toEqual({ passed: 3, failed: 1, skipped: 0 });
  });

  it('counts a suite without any test as a failure', () => {
    const text = junit('errors="0" failures="0" skipped="0" tests="0"');
    expect(read(text, 'junit').failed).toBe(1);
  });

  it.each([
    ['vitest', '{}'],
    ['vitest', '{ half'],
    ['junit', '<html>'],
    ['playwright', '{}']
  ] as const)('counts a %s report that cannot be read as a failure', (format, text) => {
    expect(read(text, format)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  it('counts a report that is missing as a failure', () => {
    const file = path.join(temporaryFolder(), 'none');
    expect(readReport(file, 'vitest', true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

group('describe', () => {
  it('speaks of skipped tests only where there are some', () => {
    expect(describe({ passed: 2, failed: 0, skipped: 0 })).toBe('2 passed, 0 failed');
    expect(describe({ passed: 2, failed: 1, skipped: 3 })).toBe('2 passed, 1 failed, 3 skipped');
  });
});

group('total', () => {
  it('adds up', () => {
    const counts = [
      { passed: 1, failed: 2, skipped: 3 },
      { passed: 10, failed: 20, skipped: 30 }
    ];
    expect(total(counts)).toEqual({ passed: 11, failed: 22, skipped: 33 });
  });
});
