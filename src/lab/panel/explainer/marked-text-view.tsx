import type { Capture, Span } from '../../../protocol';
import { markText } from '../../why/marked-text';

/** How many captures are told apart by colour; further ones begin again. */
export const CAPTURE_COLOURS = 5;

/** A text with what matched underlined, and what was captured in the colour of its capture. */
export function MarkedText({
  text,
  spans,
  captures
}: {
  text: string;
  spans: readonly Span[];
  captures: readonly Capture[];
}): React.JSX.Element {
  return (
    <p className="jp-ChatOps-tracedText" dir="auto">
      {markText(text, spans, captures).map((stretch, index) =>
        stretch.matched || stretch.capture !== undefined ? (
          <mark
            key={index}
            data-capture={
              stretch.capture === undefined ? undefined : stretch.capture % CAPTURE_COLOURS
            }
            title={stretch.capture === undefined ? undefined : captures[stretch.capture]?.name}
          >
            {stretch.text}
          </mark>
        ) : (
          stretch.text
        )
      )}
    </p>
  );
}
