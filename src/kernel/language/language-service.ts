import type { Completion, MimeBundle } from '../thread';
import { completionOf, plainTextOf, type CompletionItem, type Diagnostic } from './answers';
import { inspectAt } from './inspection';
import { LocalFiles } from './local-files';
import type { LanguageServer } from './language-server';
import { OpenDocuments, uriOf } from './open-documents';
import type { TypeFolders } from './project';
import { SessionModel, VIRTUAL } from './session-model';
import { Turns } from './turns';
import { problemsOf, type TypeProblem } from './type-problem';
import { tellChanges, TypeServer } from './type-server';
import { VirtualText } from './virtual-text';
import { cellFile, Workbench } from './workbench';

/** A text that may be the name of a type. */
const LONE_NAME = /^\s*[\p{ID_Start}$_][\p{ID_Continue}$.]*\s*$/u;

/** What is asked about. */
export interface Source {
  /** The code on the lines of its cell; lines that are no code are empty. */
  code: string;
  /** The file that it is the text of; a plain cell has none. */
  file?: string | undefined;
  /** True for a cell that is an object and not a block. */
  isObject?: boolean;
}

/** What a language service works with. */
export interface LanguageServiceOptions {
  /** The notebook's folder. */
  folder: string;
  /** The kernel's own folder. */
  beside: string;
  types: TypeFolders;
}

/**
 * What TypeScript knows of cells: completions, explanations and type errors, from its own language
 * server, a child process that is started when it is first asked something. Nothing that runs waits
 * for it.
 */
export class LanguageService {
  private readonly model = new SessionModel();
  private readonly localFiles = new LocalFiles();
  private readonly host: TypeServer;
  private readonly turns = new Turns();
  private server: LanguageServer | undefined;
  private workbench: Workbench | undefined;

  constructor(private readonly options: LanguageServiceOptions) {
    this.host = new TypeServer(options.folder, options.beside);
  }

  /** The version of TypeScript that was found on this machine; nothing when none was. */
  get version(): string | undefined {
    return this.host.found?.version;
  }

  /** The server's process, while there is one. */
  get pid(): number | undefined {
    return this.host.pid;
  }

  /**
   * Takes note of a cell that runs.
   *
   * @param values - the names that it declares as variables.
   */
  ran(code: string, values: readonly string[]): void {
    this.localFiles.follow(code, this.options.folder);
    this.model.add(code, values);
  }

  /** True once the server was started. */
  get started(): boolean {
    return this.host.started;
  }

  /**
   * The type errors of a cell, after the cells that ran before this is called.
   *
   * @param when - the server is not asked before.
   * @returns nothing when nobody can tell.
   */
  check(
    source: Source,
    when: Promise<void> = Promise.resolve()
  ): Promise<TypeProblem[] | undefined> {
    const { virtual, redeclared } = this.view(source, 'check');
    return this.ask(virtual, when, async (server, textDocument) => {
      const report = await server.request<{ items?: Diagnostic[] }>('textDocument/diagnostic', {
        textDocument
      });
      return report && problemsOf(report.items ?? [], virtual, redeclared);
    });
  }

  /** What a cursor may be completed with; nothing when TypeScript cannot tell. */
  complete(source: Source, cursor: number): Promise<Completion | undefined> {
    const { virtual } = this.view(source, 'edit');
    return this.ask(virtual, undefined, async (server, textDocument) => {
      const answer = await server.request<{ items: CompletionItem[] } | CompletionItem[]>(
        'textDocument/completion',
        { textDocument, position: virtual.positionOf(cursor) }
      );
      const items = Array.isArray(answer) ? answer : (answer?.items ?? []);
      const own = items.filter(({ label }) => !label.startsWith(VIRTUAL));
      return own.length === 0
        ? undefined
        : completionOf(own, source.code, cursor, position => virtual.offsetOf(position));
    });
  }

  /** What is known about the name at a cursor or, between the parentheses of a call, about the call. */
  async inspect(source: Source, cursor: number): Promise<MimeBundle | undefined> {
    const markdown =
      (await this.inspectView(this.view(source, 'edit').virtual, source, cursor)) ??
      (LONE_NAME.test(source.code)
        ? await this.inspectView(this.view(source, 'type').virtual, source, cursor)
        : undefined);
    return markdown === undefined
      ? undefined
      : { 'text/plain': plainTextOf(markdown), 'text/markdown': markdown };
  }

  /** Ends the server. */
  close(): void {
    this.host.close();
  }

  private inspectView(
    virtual: VirtualText,
    { code }: Source,
    cursor: number
  ): Promise<string | undefined> {
    return this.ask(virtual, undefined, server => inspectAt(server, virtual, code, cursor));
  }

  /**
   * A text as the server is to see it: with what earlier cells declared.
   *
   * @param purpose - `type` takes it for a type, which as a statement it could not be.
   */
  private view(
    { code, file, isObject = false }: Source,
    purpose: 'check' | 'edit' | 'type'
  ): { virtual: VirtualText; redeclared: ReadonlySet<string> } {
    if (file !== undefined) {
      return { virtual: new VirtualText(file, code), redeclared: new Set() };
    }
    const { header, redeclared } = this.model.read(code, { every: purpose !== 'check' });
    const name = cellFile(this.options.folder, purpose === 'check' ? 'check' : 'edit');
    const [opening, closing] =
      purpose === 'type' ? ['type __asked =', ''] : isObject ? ['(', ')'] : ['', ''];
    return {
      virtual: new VirtualText(name, code, `${header}${opening}\n`, `\n${closing};export {};\n`),
      redeclared
    };
  }

  /**
   * Shows a text to the server and asks about it; nobody changes what it sees meanwhile.
   *
   * @param when - for what is not urgent: not before.
   */
  private async ask<T>(
    virtual: VirtualText,
    when: Promise<void> | undefined,
    question: (server: LanguageServer, textDocument: { uri: string }) => Promise<T>
  ): Promise<T | undefined> {
    const { modules } = this.model;
    await when;
    return this.turns.take(when === undefined, async () => {
      const server = await this.host.ready();
      if (!server) {
        return undefined;
      }
      if (server !== this.server) {
        this.server = server;
        const { folder, types } = this.options;
        this.workbench = new Workbench(new OpenDocuments(server), folder, types);
      }
      tellChanges(server, this.localFiles.changed());
      this.workbench!.show(virtual, modules);
      return question(server, { uri: uriOf(virtual.file) });
    });
  }
}
