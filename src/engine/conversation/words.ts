const YES = [
  'y',
  'yes',
  'yep',
  'yeah',
  'ok',
  'okay',
  'sure',
  'confirm',
  'confirmed',
  'do it',
  'go ahead',
  'approve',
  'ja',
  'oui',
  'si',
  'sí',
  'sim'
];
/** What people say to each other all day, and not to approve of what a bot proposed to someone else. */
const CASUAL = ['y', 'yep', 'yeah', 'ok', 'okay', 'sure'];
const NO = ['n', 'no', 'nope', "don't", 'do not', 'deny', 'reject', 'nein', 'non', 'não'];
const CANCEL = ['cancel', 'abort', 'stop', 'never mind', 'nevermind', 'forget it', 'quit'];

/** Whether a text says yes or no, and nothing else. */
export function readYesNo(text: string): boolean | undefined {
  const words = plain(text);
  return YES.includes(words) ? true : NO.includes(words) ? false : undefined;
}

/**
 * Whether a text says yes or no to what was proposed to someone else: like {@link readYesNo}, but
 * words that are said in passing say neither.
 */
export function readApproval(text: string): boolean | undefined {
  return CASUAL.includes(plain(text)) ? undefined : readYesNo(text);
}

/** Whether a text calls a question off, and says nothing else. */
export function readsAsCancel(text: string, cancelWords: readonly string[] = CANCEL): boolean {
  return cancelWords.map(plain).includes(plain(text));
}

/** An answer without the number that says which question it is for, as in `yes 2` or `no #2`. */
export function readNumbered(text: string): { words: string; number?: number } {
  const [, words, number] = /^(.*?\S)\s+#?(\d{1,3})[.!\s]*$/s.exec(text.trim()) ?? [];
  return words === undefined ? { words: text } : { words, number: Number(number) };
}

/** The choice that a text names: by its value, its label, or its number. */
export function readChoice<T extends { label: string; value: string }>(
  text: string,
  choices: readonly T[]
): T | undefined {
  const words = plain(text);
  return (
    choices.find(({ label, value }) => plain(value) === words || plain(label) === words) ??
    (/^\d+$/.test(words) ? choices[Number(words) - 1] : undefined)
  );
}

function plain(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[.!\s]+$/, '')
    .replace(/\s+/g, ' ');
}
