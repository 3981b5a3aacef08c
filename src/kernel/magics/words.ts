/** The words of a magic's line. Quotes hold a word with spaces together, as in a shell. */
export function wordsOf(line: string): string[] {
  const words: string[] = [];
  for (const [text] of line.matchAll(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"']|["'])+/g)) {
    words.push(
      text.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'/g, (_, double?: string, single?: string) =>
        double === undefined ? single! : double.replace(/\\(.)/g, '$1')
      )
    );
  }
  return words;
}
