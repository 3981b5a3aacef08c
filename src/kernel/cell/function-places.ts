import { blankOf } from './text-edits';

/** A function declaration: where it stands in the text, and what was put before and after it. */
export interface FunctionPlace {
  start: number;
  end: number;
  opening: string;
  closing: string;
}

/**
 * Two texts of one layout: the function declarations, which come to life first, and the rest.
 *
 * @param text - the code with all changes made.
 * @param places - in order.
 * @param move - where an offset of the code before the changes is now.
 */
export function splitFunctions(
  text: string,
  places: readonly FunctionPlace[],
  move: (offset: number) => number
): [functions: string, rest: string] {
  if (places.length === 0) {
    return ['', text];
  }
  let functions = '';
  let rest = '';
  let done = 0;
  for (const place of places) {
    const start = move(place.start) - place.opening.length;
    const end = move(place.end - 1) + 1 + place.closing.length;
    functions += blankOf(text.slice(done, start)) + text.slice(start, end);
    rest += text.slice(done, start) + blankOf(text.slice(start, end));
    done = end;
  }
  return [functions, rest + text.slice(done)];
}
