import type { ChatMessage, Span } from '../../protocol';
import { textDirection } from '../chat/text-direction';
import { textParts } from '../chat/text-parts';
import { BlockView } from './blocks/block-view';
import { useChatContext } from './chat-context';
import { ErrorCard } from './error-card';
import { MessageBody } from './message-body';

/** Of a message, what it says. */
export type SaidContent = Pick<
  ChatMessage,
  'id' | 'seq' | 'text' | 'error' | 'deleted' | 'streaming' | 'handled'
> & { readonly blocks?: ChatMessage['blocks'] | undefined };

/** What a message says, in whatever form. */
export function MessageContent({
  message,
  id
}: {
  message: SaidContent;
  /** The id of the element, by which a label refers to it. */
  id: string;
}): React.JSX.Element {
  const { trans } = useChatContext();
  const { id: key, seq, text, blocks, error, deleted, streaming = false } = message;
  if (deleted) {
    return (
      <p className="jp-ChatOps-gone" id={id}>
        {trans.__('This message was taken back.')}
      </p>
    );
  }
  if (error) {
    return (
      <div id={id}>
        <ErrorCard error={error} />
      </div>
    );
  }
  if (blocks && blocks.length > 0) {
    return (
      <div className="jp-ChatOps-blocks" id={id} dir={textDirection(text)}>
        {blocks.map((block, index) => (
          <BlockView key={index} block={block} part={`${key} ${index}`} seq={seq} />
        ))}
      </div>
    );
  }
  const matched = message.handled?.span;
  return <GrowingText message={key} text={text} streaming={streaming} matched={matched} id={id} />;
}

/** A text whose end may still be coming: what stands is not shown anew. */
function GrowingText({
  message,
  text,
  streaming,
  matched,
  id
}: {
  message: string;
  text: string;
  streaming: boolean;
  matched: Span | undefined;
  id: string;
}): React.JSX.Element {
  const parts = textParts(text);
  if (!streaming && parts.length <= 1) {
    return <MessageBody message={message} text={text} matched={matched} id={id} />;
  }
  return (
    <div id={id} data-streaming={streaming}>
      {parts.map((part, index) =>
        streaming && index === parts.length - 1 ? (
          <div key={index} className="jp-ChatOps-body jp-mod-growing" dir="auto">
            {part}
          </div>
        ) : (
          <MessageBody key={index} message={`${message} ${index}`} text={part} />
        )
      )}
      {streaming && parts.length === 0 && (
        <div className="jp-ChatOps-body jp-mod-growing" aria-hidden="true" />
      )}
    </div>
  );
}
