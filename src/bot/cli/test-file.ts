import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { testArguments } from '../test-files';
import { programFile } from './program';

/**
 * Runs a file of tests in a process of its own, in sight of whoever asked.
 *
 * @param folder - the one in which the tests look for skills.
 * @returns the process's exit code.
 */
export async function showTestFile(file: string, folder: string): Promise<number> {
  const child = spawn(process.execPath, testArguments('spec', programFile, path.resolve(file)), {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, NODE_TEST_CONTEXT: undefined }
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
