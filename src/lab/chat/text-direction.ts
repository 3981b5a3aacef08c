/** Letters that are written from the right: Hebrew, Arabic and their neighbours, and their older forms. */
const FROM_RIGHT =
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]|[\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * From which side a text is read, by its first letter, as browsers decide it for `dir="auto"`. They do
 * not look into parts that decide for themselves, so what has such parts has to be told.
 *
 * @returns nothing for a text without letters.
 */
export function textDirection(text: string): 'ltr' | 'rtl' | undefined {
  const [letter] = /\p{L}/u.exec(text) ?? [];
  return letter === undefined ? undefined : FROM_RIGHT.test(letter) ? 'rtl' : 'ltr';
}
