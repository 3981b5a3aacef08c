/** The outlines of small pictures, in a square of 24 by 24. */
const OUTLINES = {
  /** A face with a plus: adds a reaction. */
  react:
    'M10.5 5a8 8 0 1 0 7.9 6.6h-2.1A6 6 0 1 1 11.4 7V5.1a8 8 0 0 0-.9-.1ZM8 10.2A1.2 1.2 0 1 0 8 12.600a1.2 1.2 0 0 0 0-2.400Zm5 0a1.2 1.2 0 1 0 0 2.4 1.2 1.2 0 0 0 0-2.400ZM6.8 14.300a4.2 4.2 0 0 0 7.4 0ZM17 2v3h-3v2h3v3h2V7h3V5h-3V2Z',
  /** An arrow that turns back: answers in a thread. */
  reply: 'M10 9V5l-7 7 7 7v-4.100c5 0 8.5 1.6 11 5.1-1-5-4-10-11-11Z',
  /** Three dots: more that can be done. */
  more: 'M6 10a2 2 0 1 0 0 4 2 2 0 0 0 0-4Zm6 0a2 2 0 1 0 0 4 2 2 0 0 0 0-4Zm6 0a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z',
  /** A cross: takes something away again. */
  dismiss:
    'M18.3 5.710 12 12l6.3 6.290-1.410 1.420L10.590 13.410 4.290 19.710 2.880 18.290 9.170 12 2.880 5.710 4.290 4.290l6.3 6.3 6.3-6.300Z',
  /** Two sheets: copies. */
  copy: 'M8 3h11v13h-2V5H8ZM4 7h11v14H4Zm2 2v10h7V9Z',
  /** An arrow into a frame: into the active cell. */
  into: 'M3 5h18v14H3v-5h2v3h14V7H5v3H3Zm9 3 4 4-4 4v-3H2v-2h10Z',
  /** A plus above a line: a new cell above. */
  above: 'M3 17h18v3H3Zm8-14h2v4h4v2h-4v4h-2V9H7V7h4Z',
  /** A plus below a line: a new cell below. */
  below: 'M3 4h18v3H3Zm8 7h2v4h4v2h-4v4h-2v-4H7v-2h4Z',
  /** A paper clip: adds a file. */
  attach:
    'M16.5 6v11.500a4 4 0 0 1-8 0V5a2.5 2.5 0 0 1 5 0v10.500a1 1 0 0 1-2 0V6H10v9.500a2.5 2.5 0 0 0 5 0V5a4 4 0 0 0-8 0v12.500a5.5 5.5 0 0 0 11 0V6Z'
} as const;

/**
 * A small picture in the colour of the text around it. Each message has several, so they are plain
 * elements and none of JupyterLab's icons, which are parsed one by one.
 */
export function Glyph({ name }: { name: keyof typeof OUTLINES }): React.JSX.Element {
  return (
    <svg
      className="jp-ChatOps-glyph"
      viewBox="0 0 24 24"
      fill="currentColor"
      aria-hidden="true"
      focusable="false"
    >
      <path d={OUTLINES[name]} />
    </svg>
  );
}
