import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CellProgram } from '../cell/program';
import { murmur2 } from './murmur2';

/** Any number does, as long as front ends are told of it. */
const SEED = 0xc70f6907;

/** How many executions are remembered, whose functions may still be called. */
const REMEMBERED = 1000;

/** A cell as a debugger sees it: the whole text, and what became of it each time it ran. */
export interface CellSource {
  path: string;
  text: string;
  /** Its latest program, and the name that it was compiled by. */
  latest: { program: CellProgram; url: string } | undefined;
}

/** The cells by the names that front ends and V8 have for them. */
export class CellSources {
  /** How front ends make the path of a cell out of its text. */
  readonly naming = {
    hashMethod: 'Murmur2',
    hashSeed: SEED,
    tmpFilePrefix: path.join(tmpdir(), `chatops-kernel-${process.pid}`) + path.sep,
    tmpFileSuffix: '.ts'
  };

  private readonly byPath = new Map<string, CellSource>();
  private readonly byUrl = new Map<string, { cell: CellSource; program: CellProgram }>();

  /** The cell of a text. */
  add(text: string): CellSource {
    const { tmpFilePrefix, tmpFileSuffix } = this.naming;
    const name = `${tmpFilePrefix}${murmur2(text, SEED)}${tmpFileSuffix}`;
    const cell = this.byPath.get(name) ?? { path: name, text, latest: undefined };
    // Those that are asked for stay longest.
    this.byPath.delete(name);
    this.byPath.set(name, cell);
    if (this.byPath.size > REMEMBERED) {
      this.byPath.delete(this.byPath.keys().next().value!);
    }
    return cell;
  }

  /** Takes note of a program that a cell will run as. */
  begin(text: string, url: string, program: CellProgram): CellSource {
    const cell = this.add(text);
    cell.latest = { program, url };
    this.byUrl.set(url, { cell, program });
    if (this.byUrl.size > REMEMBERED) {
      this.byUrl.delete(this.byUrl.keys().next().value!);
    }
    return cell;
  }

  /** The cell of a path, if it is one. */
  at(name: string): CellSource | undefined {
    return this.byPath.get(name);
  }

  /** The cell that a script was compiled from. */
  of(url: string): { cell: CellSource; program: CellProgram } | undefined {
    return this.byUrl.get(url);
  }
}
