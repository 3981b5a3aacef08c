/** What text must not contain by itself in Slack's markup. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Stands for a `*` of Slack's markup while Markdown's own are read. */
const BOLD = '\u{E000}';

/** Code, of either kind, which is left as it is. */
const CODE = /(```[\s\S]*?```|`[^`\n]+`)/;

/**
 * Markdown in Slack's own markup, `mrkdwn`.
 *
 * Source: https://docs.slack.dev/messaging/formatting-message-text
 *
 * @example
 * toMrkdwn('**Done**: see [the log](https://ci.example/7)'); // '*Done*: see <https://ci.example/7|the log>'
 */
export function toMrkdwn(markdown: string): string {
  return markdown
    .split(CODE)
    .map((part, i) => (i % 2 === 1 ? codeOf(part) : proseOf(part)))
    .join('');
}

function codeOf(code: string): string {
  // Slack shows the name of a language as the first line of the code.
  return escapeText(code.replace(/^```[\w+-]+\n/, '```\n'));
}

function proseOf(prose: string): string {
  return escapeText(prose)
    .replace(/^&gt; ?/gm, '> ')
    .replace(
      /!?\[([^\]\n]*)\]\((https?:[^\s)]+|mailto:[^\s)]+)\)/g,
      (_, label: string, url: string) =>
        label === '' ? `<${url}>` : `<${url}|${label.replaceAll('|', '¦')}>`
    )
    .replace(/^#{1,6} +(.+?) *#*$/gm, (_, title: string) => bold(title.replace(/\*\*|__/g, '')))
    .replace(/^( *)[-*+] +/gm, '$1• ')
    .replace(/\*\*(\S(?:[^\n]*?\S)?)\*\*/g, (_, words: string) => bold(words))
    .replace(/(?<!\w)__(\S(?:[^\n]*?\S)?)__(?!\w)/g, (_, words: string) => bold(words))
    .replace(/(?<![\w*])\*(\S(?:[^*\n]*?\S)?)\*(?![\w*])/g, '_$1_')
    .replace(/~~(\S(?:[^\n]*?\S)?)~~/g, '~$1~')
    .replaceAll(BOLD, '*');
}

function bold(words: string): string {
  return BOLD + words + BOLD;
}

/** What names are put for ids, in what people write. */
export interface TextNames {
  /** The bot itself; a text that begins with its name is meant for it. */
  self: string;
  user(id: string): string;
  room(id: string): string | undefined;
}

/** What people write in Slack as plain text: names for ids, addresses as they were typed. */
export function fromMrkdwn(text: string, { self, user, room }: TextNames): string {
  return text
    .replace(new RegExp(`^\\s*<@${self}(?:\\|[^>]*)?>[\\s,:]*`), '')
    .replace(/<([^<>]+)>/g, (_, content: string) => {
      const [target = '', label] = content.split('|', 2);
      const id = target.slice(1);
      switch (target[0]) {
        case '@':
          return `@${label || user(id)}`;
        case '#':
          return `#${label || (room(id) ?? id)}`;
        case '!':
          return `@${label?.replace(/^@/, '') || id.split('^')[0]}`;
        default:
          return labelOf(target, label);
      }
    })
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

/** The people a text names. */
export function mentionedIn(text: string): string[] {
  return [...text.matchAll(/<@([A-Z0-9]+)>/g)].map(([, id]) => id!);
}

/** Slack makes links of `example.org` and `me@example.org`; what was typed is the label. */
function labelOf(url: string, label: string | undefined): string {
  return label !== undefined && url.replace(/^(https?:\/\/|mailto:)/, '') === label ? label : url;
}

/** A text in pieces that are no longer than that, broken between lines or words where possible. */
export function piecesOf(text: string, longest: number): string[] {
  const pieces: string[] = [];
  let rest = text;
  while (rest.length > longest) {
    const head = rest.slice(0, longest);
    const line = head.lastIndexOf('\n');
    const word = head.lastIndexOf(' ');
    const end = line > longest / 2 ? line : word > longest / 2 ? word : wholeEnd(rest, longest);
    pieces.push(rest.slice(0, end));
    rest = rest.slice(end).replace(/^[\n ]/, '');
  }
  return [...pieces, rest];
}

/** Never between the halves of one character. */
function wholeEnd(text: string, end: number): number {
  return /[\uD800-\uDBFF]/.test(text[end - 1]!) ? end - 1 : end;
}
