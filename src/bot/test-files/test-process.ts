import { spawn } from 'node:child_process';
import path from 'node:path';
import type { TestRun } from '../../workshop';
import { lineReporter, readReport } from './test-report';

/** A file of tests that takes longer is ended, in milliseconds. */
const LIMIT = 60_000;

/** How much of what tests print is read. */
const MOST_OUTPUT = 1024 * 1024;

/** The command of `chatops` that loads a file of tests in its own process. */
export const TEST_FILE_COMMAND = 'run-test-file';

/** The arguments with which Node runs a file of tests. */
export function testArguments(reporter: string, program: string, file: string): string[] {
  return [
    `--test-reporter=${reporter}`,
    '--test-reporter-destination=stdout',
    program,
    TEST_FILE_COMMAND,
    file
  ];
}

/**
 * Runs a file of tests in a process of its own.
 *
 * @param programs - the folder of the built programs.
 * @param folder - the one in which the tests look for skills.
 * @param file - relative to that folder.
 */
export function runTestFile(programs: string, folder: string, file: string): Promise<TestRun> {
  const program = path.join(programs, 'chatops.cjs');
  const child = spawn(process.execPath, testArguments(lineReporter, program, file), {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Whoever runs tests of their own sets it, and then Node would report to them.
    env: { ...process.env, NODE_TEST_CONTEXT: undefined },
    windowsHide: true
  });
  let output = '';
  let complaint = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-MOST_OUTPUT);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-MOST_OUTPUT);
  });
  return new Promise(resolve => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill('SIGKILL');
    }, LIMIT);
    child.on('error', error => {
      clearTimeout(timer);
      resolve({ passed: 0, failed: 0, problem: error.message });
    });
    child.on('close', code => {
      clearTimeout(timer);
      const run = readReport(output);
      const problem = isLate
        ? `the tests took longer than ${LIMIT / 1000} seconds`
        : code === 0
          ? undefined
          : wordsOf(complaint);
      resolve({ ...run, ...(problem !== undefined && run.failed === 0 && { problem }) });
    });
  });
}

/** What went wrong, without the code in front of it and the advice behind it. */
function wordsOf(complaint: string): string {
  const lines = complaint.trim().split('\n');
  const [, where = ''] = /^CHATOPS_\w+(?: at (.+))?$/.exec(lines[0] ?? '') ?? [];
  const message = lines[0]?.startsWith('CHATOPS_') ? lines[1] : lines.at(-1);
  return [where, message ?? ''].filter(Boolean).join(': ');
}
