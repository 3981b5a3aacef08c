import { spawnSync } from 'node:child_process';
import { chatOpsError, reasonOf } from '../../protocol';

/** What a shell ends with when there is no such command. */
const NOT_FOUND = 127;

/**
 * The command that people edit with, as git and others find it: `VISUAL`, else `EDITOR`, else what
 * every such system has.
 */
export function editorOf(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  return env.VISUAL || env.EDITOR || (platform === 'win32' ? 'notepad' : 'vi');
}

/**
 * Opens a file in an editor and waits until it is closed. The command may have options of its own, as
 * `code --wait`.
 *
 * @throws ChatOpsError `CHATOPS_EDITOR` when the command cannot be run, or fails.
 */
export function editFile(file: string, editor = editorOf(process.env, process.platform)): void {
  const { error, status, signal } =
    process.platform === 'win32'
      ? spawnSync(`${editor} "${file}"`, { shell: true, stdio: 'inherit' })
      : // The shell takes the command apart; the file is handed over whole, whatever is in its name.
        spawnSync('sh', ['-c', `${editor} "$1"`, 'sh', file], { stdio: 'inherit' });
  const reason = error
    ? reasonOf(error)
    : status === NOT_FOUND
      ? 'there is no such command'
      : status === 0
        ? undefined
        : `it ended with ${signal ?? status}`;
  if (reason !== undefined) {
    throw chatOpsError('CHATOPS_EDITOR', { editor, reason }, { cause: error });
  }
}
