import { useChatContext, useOfChat } from './chat-context';

/** Who is writing. Its place is kept free, so that nothing jumps. */
export function TypingLine(): React.JSX.Element {
  const { trans } = useChatContext();
  const writing = useOfChat(state => state.writing);
  const names = writing.map(({ name }) => name);
  return (
    <p className="jp-ChatOps-typing" aria-live="off">
      {names.length > 0 && (
        <>
          <span className="jp-ChatOps-dots" aria-hidden="true">
            <i />
            <i />
            <i />
          </span>
          {names.length === 1
            ? trans.__('%1 is writing', names[0])
            : trans.__('%1 are writing', names.join(', '))}
        </>
      )}
    </p>
  );
}
