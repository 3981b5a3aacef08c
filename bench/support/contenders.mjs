import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../scripts/setup/folders.mjs';
import { bundle } from './bundle.mjs';
import { conversation, patternOf } from './workload.mjs';

/** @typedef {import('./processor.mjs').Command} Command */
/** @typedef {import('./peers.mjs').InstalledPeer} InstalledPeer */
/** @typedef {import('./workload.mjs').Measured} Measured */

/** An engine that the workload W is put through. */
export class Contender {
  /** What was measured, by the number of skills. @type {Map<number, Measured[]>} */
  measured = new Map();
  /** Why it was not, by the number of skills. @type {Map<number, string>} */
  failures = new Map();

  /**
   * @param {string} title
   * @param {(skills: number, seconds: number) => Command} command - measures, and prints that.
   * @param {{ missing?: string | undefined, isFree?: boolean }} [more] - `missing` says why it cannot be
   *   measured; `isFree`: it may run on any core.
   */
  constructor(title, command, { missing, isFree = false } = {}) {
    this.title = title;
    this.command = command;
    this.missing = missing;
    this.isFree = isFree;
  }
}

/**
 * ChatOps and its peers.
 *
 * @param {Record<string, InstalledPeer>} peers
 * @param {string} folder - for what Python's peers read.
 */
export async function contenders(peers, folder) {
  const programs = path.join(root, 'dist');
  const ours = inNode(await bundle('bench/peers/chatops.mjs'), programs);
  /**
   * @param {string} key
   * @param {string} file
   */
  const peer = (key, file) => {
    const { title, version, folder: place, python, missing } = peerOf(peers, key);
    const program = path.join(root, 'bench/peers', file);
    const command =
      python === undefined ? inNode(program, place) : inPython(python, program, folder);
    return new Contender(`${title} ${version}`, command, { missing });
  };
  return {
    ours: new Contender('ChatOps', ours),
    ourselvesFree: new Contender('ChatOps on any core', ours, { isFree: true }),
    bare: new Contender(
      'two round trips to a thread, and nothing else',
      inNode(path.join(root, 'bench/peers/bare-thread.mjs'), '')
    ),
    peers: [
      peer('hubot', 'hubot.mjs'),
      peer('grammy', 'grammy.mjs'),
      peer('bolt', 'bolt.mjs'),
      peer('errbot', 'errbot_peer.py'),
      peer('opsdroid', 'opsdroid_peer.py')
    ]
  };
}

/**
 * @param {Record<string, InstalledPeer>} peers
 * @param {string} key
 */
export function peerOf(peers, key) {
  const peer = peers[key];
  if (!peer) {
    throw new Error(`${key} was not installed; npm run bench does that.`);
  }
  return peer;
}

/**
 * @param {string} program
 * @param {string} folder
 * @returns {Contender['command']}
 */
function inNode(program, folder) {
  return (skills, seconds) => [
    process.execPath,
    [program, String(skills), String(seconds), folder]
  ];
}

/**
 * @param {string} python
 * @param {string} program
 * @param {string} folder
 * @returns {Contender['command']}
 */
function inPython(python, program, folder) {
  return (skills, seconds) => {
    const file = path.join(folder, `workload-${skills}.json`);
    const patterns = Array.from({ length: skills }, (_, i) => patternOf(i));
    writeFileSync(file, JSON.stringify({ patterns, texts: conversation(skills, 10_000).texts }));
    return [python, [program, file, String(seconds)]];
  };
}
