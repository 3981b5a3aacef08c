import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs';
import path from 'node:path';

/** Folders that come to be by using the others. */
const byProducts = new Set(['__pycache__', '.ipynb_checkpoints', 'node_modules']);

/**
 * A digest of files: names and contents, not times, so that a fresh checkout has the same.
 *
 * @param {string} folder - where the names start
 * @param {readonly string[]} names - files and folders in it; those that do not exist are left out
 */
export function fingerprint(folder, names) {
  const hash = createHash('sha256');
  for (const name of names.flatMap(name => filesBelow(folder, name)).sort()) {
    const content = readFileSync(path.join(folder, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/**
 * @param {string} folder
 * @param {string} name
 * @returns {string[]}
 */
function filesBelow(folder, name) {
  const place = path.join(folder, name);
  if (!existsSync(place)) {
    return [];
  }
  return statSync(place).isDirectory()
    ? readdirSync(place)
        .filter(entry => !byProducts.has(entry))
        .flatMap(entry => filesBelow(folder, `${name}/${entry}`))
    : [name];
}

/** Remembers in a file what something was made from, so that it is made again only when that changed. */
export class Stamp {
  /** @param {string} file */
  constructor(file) {
    this.file = file;
  }

  /** @param {string} value */
  matches(value) {
    return existsSync(this.file) && readFileSync(this.file, 'utf8') === value;
  }

  /**
   * Makes the thing; if that is broken off, nothing is remembered.
   *
   * @param {string} value - what it is made from
   * @param {() => Promise<void>} work
   */
  async around(value, work) {
    rmSync(this.file, { force: true });
    await work();
    mkdirSync(path.dirname(this.file), { recursive: true });
    writeFileSync(this.file, value);
  }
}
