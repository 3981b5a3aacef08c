import { styleText } from 'node:util';

/** Colours for a terminal; none where the output goes into a file or a program, or nobody wants them. */
export interface Palette {
  strong(text: string): string;
  good(text: string): string;
  bad(text: string): string;
  quiet(text: string): string;
}

/** @param coloured - whether the output can show colours. */
export function palette(coloured = hasColours()): Palette {
  const style =
    (format: Parameters<typeof styleText>[0]) =>
    (text: string): string =>
      coloured && text !== '' ? styleText(format, text) : text;
  return { strong: style('bold'), good: style('green'), bad: style('red'), quiet: style('dim') };
}

/** Source of the variables: https://no-color.org and https://force-color.org */
function hasColours({ NO_COLOR, FORCE_COLOR, TERM } = process.env): boolean {
  if (NO_COLOR) {
    return false;
  }
  return FORCE_COLOR ? FORCE_COLOR !== '0' : process.stdout.isTTY === true && TERM !== 'dumb';
}
