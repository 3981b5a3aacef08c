/** Where a fenced block of code begins or ends. */
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/**
 * Cuts a text that is still growing into parts that can be shown each by itself, at blank lines
 * outside of code. All but the last part stay as they are, however the text goes on.
 */
export function textParts(text: string): string[] {
  const parts: string[] = [];
  let current: string[] = [];
  let fence: string | undefined;
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1];
    if (fence === undefined) {
      fence = mark;
    } else if (mark !== undefined && mark.startsWith(fence)) {
      fence = undefined;
    }
    // Lines that belong to a list or a quotation go on behind a blank line.
    if (line.trim() === '' && fence === undefined && !isContinued(current)) {
      if (current.length > 0) {
        parts.push(current.join('\n'));
        current = [];
      }
    } else {
      current.push(line);
    }
  }
  return current.length > 0 ? [...parts, current.join('\n')] : parts;
}

function isContinued(lines: readonly string[]): boolean {
  return /^\s*(?:[-*+]|\d+[.)]|>)\s/.test(lines[0] ?? '');
}
