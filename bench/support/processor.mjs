import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';

/** @typedef {readonly [program: string, parameters: readonly string[]]} Command */

/**
 * The last core that this process may run on, where the system has `taskset` to keep a program on it.
 *
 * @returns {number | undefined}
 */
export function lastCore() {
  if (spawnSync('taskset', ['--version'], { stdio: 'ignore' }).status !== 0) {
    return undefined;
  }
  try {
    const list = /^Cpus_allowed_list:\s*(\S+)/m.exec(
      readFileSync('/proc/self/status', 'utf8')
    )?.[1];
    return Number(list?.split(/[,-]/).at(-1));
  } catch {
    return undefined;
  }
}

/**
 * A command that is kept on one core, all its threads.
 *
 * @param {Command} command
 * @param {number | undefined} core - nothing to leave it to the system.
 * @returns {Command}
 */
export function onCore([program, parameters], core) {
  return core === undefined
    ? [program, parameters]
    : ['taskset', ['-c', String(core), program, ...parameters]];
}

/** The machine in a few words. */
export function machine() {
  const [core] = cpus();
  return `${cpus().length} × ${core?.model.trim()}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
}

/**
 * The memory of a process as the system counts it, in MB.
 *
 * @param {number | undefined} pid
 */
export function residentMemory(pid) {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' });
  return Number(stdout) / 1024;
}
