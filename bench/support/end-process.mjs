/**
 * Ends a program, by force where it does not end by itself. Resolves when it is gone.
 *
 * @param {import('node:child_process').ChildProcess | undefined} child
 * @param {number} patience - how long it may take to end by itself, in milliseconds.
 */
export async function endProcess(child, patience) {
  if (!child || child.exitCode !== null || child.signalCode !== null) {
    return;
  }
  const ended = new Promise(resolve => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await ended;
  clearTimeout(timer);
}
