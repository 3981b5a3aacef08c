/** A sentence in which words between backticks are code. */
export function Sentence({ text }: { text: string }): React.JSX.Element {
  return (
    <>
      {text
        .split(/`([^`]+)`/)
        .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
    </>
  );
}

/** The same for where nothing can be shown as code. */
export function plainSentence(text: string): string {
  return text.replaceAll('`', '');
}
