import type { BlockOf } from '../../../protocol';
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

/** A text as a fenced block of Markdown, whatever fences stand in it. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language.replace(/[^\w+#.-]/g, '')}\n${text.replace(/\n$/, '')}\n${fence}`;
}
