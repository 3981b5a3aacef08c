import nodeAssert from 'node:assert';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { ModuleLoader } from '../../src/loader';
import * as chatops from '../../src/skill';
import * as testing from '../../src/testing';

/**
 * Runs the source of a test as a test runner would, with what it imports given to it.
 *
 * @param root - the folder that paths of skills begin in.
 * @returns the names of its tests. Rejects with what the first one throws that fails.
 */
export async function runTestSource(source: string, root: string): Promise<string[]> {
  const file = path.join(root, 'source.test.ts');
  writeFileSync(file, source);
  const tests: { name: string; body: () => Promise<void> }[] = [];
  const runner = {
    test: (name: string, body: () => Promise<void>) => tests.push({ name, body })
  };
  const here = {
    ...testing,
    testBot: (options: testing.TestBotOptions) => testing.testBot({ root, ...options })
  };
  await new ModuleLoader(root).load(file, {
    provided: {
      'node:test': runner,
      vitest: runner,
      'node:assert': { default: nodeAssert },
      'chatops/testing': here,
      chatops
    },
    globals: {}
  });
  for (const { body } of tests) {
    await body();
  }
  return tests.map(({ name }) => name);
}
