/** The styles that decide where a line of text breaks. */
const TEXT_STYLES = [
  'boxSizing',
  'width',
  'direction',
  'font',
  'letterSpacing',
  'lineHeight',
  'paddingLeft',
  'paddingRight',
  'borderLeftWidth',
  'borderRightWidth',
  'tabSize',
  'textIndent',
  'textTransform',
  'wordSpacing'
] as const;

/**
 * Whether the cursor stands in the first line of an input as one sees it, and in the last one. With
 * something selected it stands in neither: the arrow keys then end the selection.
 */
export function caretLine(input: HTMLTextAreaElement): { isFirst: boolean; isLast: boolean } {
  const { selectionStart: start, selectionEnd: end, value } = input;
  if (start !== end) {
    return { isFirst: false, isLast: false };
  }
  const mirror = document.createElement('div');
  const style = getComputedStyle(input);
  for (const name of TEXT_STYLES) {
    mirror.style[name] = style[name];
  }
  Object.assign(mirror.style, {
    position: 'absolute',
    visibility: 'hidden',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'break-word'
  });
  const [first, caret, last] = [marker(), marker(), marker()];
  mirror.append(first, value.slice(0, start), caret, value.slice(start), last);
  document.body.append(mirror);
  const result = {
    isFirst: caret.offsetTop === first.offsetTop,
    isLast: caret.offsetTop === last.offsetTop
  };
  mirror.remove();
  return result;
}

/** Something without a width that has a place. */
function marker(): HTMLSpanElement {
  const span = document.createElement('span');
  span.textContent = '\u200b';
  return span;
}
