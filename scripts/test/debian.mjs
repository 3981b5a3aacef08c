import { spawnSync } from 'node:child_process';

/** The part of the system that an installation looks at; tests bring their own. */
export const system = {
  isRoot: process.getuid?.() === 0,
  /** @param {string} program @param {string[]} parameters */
  works: (program, parameters) =>
    spawnSync(program, parameters, { stdio: 'ignore', timeout: 30_000 }).status === 0
};

/**
 * Installs packages of Debian, where there is an `apt-get` that this person may use without being
 * asked for a password.
 *
 * @param {readonly string[]} packages
 * @param {(command: string, parameters: string[]) => Promise<unknown>} run
 * @returns {Promise<boolean>} false where that is not so
 */
export async function installFromDebian(packages, run, on = system) {
  const apt = aptGet(on);
  if (!apt) {
    return false;
  }
  const [program, ...parameters] = apt;
  await run(program, [...parameters, 'update']);
  await run(program, [...parameters, 'install', '--yes', '--no-install-recommends', ...packages]);
  return true;
}

/**
 * `apt-get` as a command.
 *
 * @param {typeof system} on
 * @returns {[string, ...string[]] | undefined}
 */
function aptGet(on) {
  if (!on.works('apt-get', ['--version'])) {
    return undefined;
  }
  /** @type {[string, ...string[]]} */
  const quietly = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
  if (on.isRoot) {
    return quietly;
  }
  return on.works('sudo', ['-n', 'true']) ? ['sudo', '-n', ...quietly] : undefined;
}
