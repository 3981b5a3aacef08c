/**
 * Resolves when a program has said by its channel that it is ready.
 *
 * @param {import('node:child_process').ChildProcess} child
 * @param {string} name - of the program, for people.
 * @returns {Promise<void>}
 */
export function ready(child, name) {
  return new Promise((resolve, reject) => {
    child.once('message', message =>
      'error' in /** @type {object} */ (message)
        ? reject(new Error(JSON.stringify(message)))
        : resolve()
    );
    child.once('error', reject);
    child.once('exit', code => reject(new Error(`${name} ended with ${code}`)));
  });
}
