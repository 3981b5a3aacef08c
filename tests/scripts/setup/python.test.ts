import { describe, expect, it } from 'vitest';
import { findPython } from '../../../scripts/setup/python.mjs';

/** A machine on which these commands are Pythons. */
function machine(pythons: Record<string, { version: number[]; hasVenv?: boolean }>) {
  return (command: string[]) => {
    const python = pythons[command.join(' ')];
    return python && { command, hasVenv: true, ...python };
  };
}

describe('findPython', () => {
  it('takes python3 when it is new enough', () => {
    const found = findPython(machine({ python3: { version: [3, 10, 0] } }));
    expect(found.command).toEqual(['python3']);
  });

  it('looks further when python3 is too old', () => {
    const pythons = { python3: { version: [3, 9, 2] }, 'python3.12': { version: [3, 12, 1] } };
    expect(findPython(machine(pythons)).command).toEqual(['python3.12']);
  });

  it('looks further when python3 cannot make environments', () => {
    const pythons = {
      python3: { version: [3, 11, 2], hasVenv: false },
      'python3.12': { version: [3, 12, 1] }
    };
    expect(findPython(machine(pythons)).command).toEqual(['python3.12']);
  });

  it('says what to install when there is none', () => {
    expect(() => findPython(machine({}))).toThrow(/^ChatOps needs Python 3\.10 or newer: install/);
  });

  it('says what to install when there are only old ones', () => {
    expect(() => findPython(machine({ python: { version: [2, 7, 18] } }))).toThrow(
      /Python 3\.10 or newer and this is Python 2\.7\.18: install/
    );
  });

  it("names Debian's package when the venv module is missing", () => {
    const pythons = { python3: { version: [3, 11, 2], hasVenv: false } };
    expect(() => findPython(machine(pythons))).toThrow(/sudo apt install python3\.11-venv/);
  });
});
