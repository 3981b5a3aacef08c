import type { BlockOf } from '../../../protocol';
import { fenced } from '../../chat/cell-text';
import { MessageBody } from '../message-body';

/** Program text, in the colours of its language. */
export function CodeView({
  message,
  block: { text, language = '' }
}: {
  message: string;
  block: BlockOf<'code'>;
}): React.JSX.Element {
  return <MessageBody message={message} text={fenced(text, language)} />;
}
