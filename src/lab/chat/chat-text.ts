/** What could be Markdown, HTML, LaTeX or a link, or is more than one paragraph. */
const MARKUP = /[`*_[\]<>|~$\\&#]|:\/\/|www\.|@\S+\.|\n\s*\n|^(?:\s{4}|\t|\s*(?:[-+=]|\d+[.)]))/m;

/** Whether a text reads the same with and without being taken for Markdown. */
export function isPlain(text: string): boolean {
  return !MARKUP.test(text);
}

/** Code, inside which nothing is to be changed: a fenced block, even an open one, or a span. */
const CODE =
  /(^ {0,3}(?<fence>`{3,}|~{3,})[^\n]*(?:\n[\s\S]*?)?(?:^ {0,3}\k<fence>[`~]*[ \t]*$|$(?![\s\S])))|((?<ticks>`+)(?!`)[\s\S]*?[^`]\k<ticks>(?!`))/gm;

/** An address between angle brackets, which Markdown makes a link. */
const AUTOLINK = /^<(?:https?:\/\/|mailto:)[^\s<>]*>/;

/**
 * Makes of what was said in a chat the Markdown that shows it: a line break is a line break, and a
 * tag is shown as it was written, so that no word of a person or a bot vanishes.
 */
export function chatMarkdown(text: string): string {
  let result = '';
  let last = 0;
  for (const match of text.matchAll(CODE)) {
    result += proseMarkdown(text.slice(last, match.index)) + match[0];
    last = match.index + match[0].length;
  }
  return result + proseMarkdown(text.slice(last));
}

function proseMarkdown(text: string): string {
  return text
    .replace(/<(?=[A-Za-z/!?])/g, (bracket, at: number) =>
      AUTOLINK.test(text.slice(at)) ? bracket : '&lt;'
    )
    .replace(/\n+/g, breaks => (breaks.length === 1 ? '  \n' : breaks));
}
