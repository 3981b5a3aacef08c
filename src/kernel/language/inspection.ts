import { hoverMarkdown, signatureMarkdown, type Hover, type SignatureHelp } from './answers';
import type { LanguageServer } from './language-server';
import { uriOf } from './open-documents';
import type { VirtualText } from './virtual-text';

const NAME = /[\p{ID_Continue}$]/u;

/**
 * What is known at a cursor, as Markdown: about the name it is on or right behind; between the
 * parentheses of a call about the call.
 */
export async function inspectAt(
  server: LanguageServer,
  virtual: VirtualText,
  code: string,
  cursor: number
): Promise<string | undefined> {
  const ask = <T>(method: string, offset: number): Promise<T | undefined> =>
    server.request<T>(`textDocument/${method}`, {
      textDocument: { uri: uriOf(virtual.file) },
      position: virtual.positionOf(offset)
    });
  const hover = async (offset: number): Promise<string | undefined> => {
    const found = await ask<Hover>('hover', Math.max(0, offset));
    return found && hoverMarkdown(found);
  };
  const signature = async (): Promise<string | undefined> => {
    const found = await ask<SignatureHelp>('signatureHelp', cursor);
    return found && signatureMarkdown(found);
  };
  if (NAME.test(code[cursor] ?? '')) {
    return (await hover(cursor)) ?? signature();
  }
  return NAME.test(code[cursor - 1] ?? '')
    ? ((await hover(cursor - 1)) ?? signature())
    : ((await signature()) ?? hover(cursor - 1));
}
