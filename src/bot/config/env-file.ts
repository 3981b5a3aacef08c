import { existsSync, readFileSync } from 'node:fs';
import { writeFileAtomically } from './configuration-file';

/** Sets a variable in a `.env` file and leaves everything else in it as it is. */
export function setVariable(file: string, name: string, value: string): void {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
  const others = lines.filter(line => line !== '' && !line.startsWith(`${name}=`));
  writeFileAtomically(file, [...others, `${name}=${value}`, ''].join('\n'));
}
