import { pathToFileURL } from 'node:url';
import type { LanguageServer } from './language-server';

/** Files that a language server sees with other contents than the disk has, or that exist only for it. */
export class OpenDocuments {
  private readonly texts = new Map<string, { text: string; version: number }>();

  constructor(private readonly server: LanguageServer) {}

  /** Makes the server see a file with this text. */
  set(file: string, text: string): void {
    const known = this.texts.get(file);
    const uri = uriOf(file);
    if (!known) {
      const languageId = file.endsWith('.json') ? 'json' : 'typescript';
      this.server.notify('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text }
      });
      this.texts.set(file, { text, version: 1 });
    } else if (known.text !== text) {
      const version = known.version + 1;
      this.server.notify('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }]
      });
      this.texts.set(file, { text, version });
    }
  }

  /** Makes the server see an empty file, unless it sees it already. */
  add(file: string): void {
    if (!this.texts.has(file)) {
      this.set(file, '');
    }
  }

  /** Closes those that a test picks out. */
  close(isUnneeded: (file: string) => boolean): void {
    for (const file of this.texts.keys()) {
      if (isUnneeded(file)) {
        this.server.notify('textDocument/didClose', { textDocument: { uri: uriOf(file) } });
        this.texts.delete(file);
      }
    }
  }
}

/** A file's address, as the protocol wants it. */
export function uriOf(file: string): string {
  return pathToFileURL(file).href;
}
