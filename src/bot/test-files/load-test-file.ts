import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { importOutside, ModuleLoader, type Exports } from '../../loader';

/**
 * Loads a file of tests, as TypeScript or JavaScript. Its tests register themselves with `node:test`,
 * which runs them and reports as this process was told to.
 *
 * @param programs - the folder of the built programs, in which the modules `chatops` and
 * `chatops/testing` lie.
 * @throws ChatOpsError what keeps it from loading, with file, line and column.
 */
export async function loadTestFile(file: string, programs: string): Promise<void> {
  const provide = (name: string): Promise<Exports> =>
    importOutside(pathToFileURL(path.join(programs, name)).href, __filename);
  const [chatops, testing] = await Promise.all([
    provide('chatops-module.mjs'),
    provide('testing.mjs')
  ]);
  const entry = path.resolve(file);
  await new ModuleLoader(process.cwd()).load(entry, {
    provided: { chatops, 'chatops/testing': testing },
    globals: { console }
  });
}
