/** Marks in a text: code between backticks, strong and stressed words between stars. */
const MARKS = /(`[^`]+`|\*\*[^*]+\*\*|\*[^*\s][^*]*\*|_[^_\s][^_]*_)/;

/** The few words of a step: paragraphs with code and stress in them, and no more markup than that. */
export function StepText({ text }: { text: string }): React.JSX.Element {
  return (
    <>
      {text.split(/\n{2,}/).map((paragraph, i) => (
        // Paragraphs of one text do not move.
        // oxlint-disable-next-line react/no-array-index-key
        <p key={i}>{paragraph.split(MARKS).map((part, j) => marked(part, j))}</p>
      ))}
    </>
  );
}

function marked(part: string, key: number): React.ReactNode {
  if (/^`.+`$/.test(part)) {
    return <code key={key}>{part.slice(1, -1)}</code>;
  }
  if (/^\*\*.+\*\*$/s.test(part)) {
    return <strong key={key}>{part.slice(2, -2)}</strong>;
  }
  return /^(\*.+\*|_.+_)$/s.test(part) ? <em key={key}>{part.slice(1, -1)}</em> : part;
}
