import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findServer, globalPlaces, type ServerProgram } from './find-server';
import { LanguageServer } from './language-server';
import { uriOf } from './open-documents';

/** How long a search that found nothing counts, in milliseconds. */
const LOOK_AGAIN = 5000;

/** How often a server that ended is started anew. */
const STARTS = 5;

/** Half of what Go would allow itself: a kernel's memory matters more than a few milliseconds. */
const GARBAGE_COLLECTION = '50';

/** Settings of TypeScript's server; one that does not know them is started without. */
const OPTIONS = {
  disablePushDiagnostics: true,
  logVerbosity: 0,
  userPreferences: {
    includeCompletionsForModuleExports: false,
    includeCompletionsForImportStatements: false,
    // Without it, looking at a notebook would let npm download the types of its packages.
    disableAutomaticTypeAcquisition: true
  }
};

const CAPABILITIES = {
  textDocument: {
    completion: { completionItem: { documentationFormat: ['markdown'] } },
    hover: { contentFormat: ['markdown'] },
    signatureHelp: {
      signatureInformation: { documentationFormat: ['markdown'], activeParameterSupport: true }
    },
    diagnostic: {}
  }
};

/** Starts TypeScript's server when it is first needed, and again should it end. */
export class TypeServer {
  private program: ServerProgram | undefined;
  private running: Promise<LanguageServer | undefined> | undefined;
  private current: LanguageServer | undefined;
  private starts = 0;
  private nextLook = 0;

  /**
   * @param folder - the notebook's; packages are searched from there first.
   * @param beside - the kernel's own folder.
   */
  constructor(
    private readonly folder: string,
    private readonly beside: string
  ) {}

  /** What was found on this machine; looks again now and then until there is something. */
  get found(): ServerProgram | undefined {
    if (!this.program && performance.now() >= this.nextLook) {
      this.nextLook = performance.now() + LOOK_AGAIN;
      this.program = findServer([
        this.folder,
        this.beside,
        ...globalPlaces(process.env, process.execPath, process.platform)
      ]);
    }
    return this.program;
  }

  /** True once it was started. */
  get started(): boolean {
    return this.current !== undefined;
  }

  /** The server's process, while there is one. */
  get pid(): number | undefined {
    return this.current?.alive ? this.current.pid : undefined;
  }

  /** The server, once it can be asked; nothing when there is none. */
  ready(): Promise<LanguageServer | undefined> {
    if (this.current && !this.current.alive) {
      this.current = undefined;
      this.running = undefined;
    }
    if (!this.running && this.found && this.starts < STARTS) {
      this.starts++;
      this.running = this.start(this.found);
    }
    return this.running ?? Promise.resolve(undefined);
  }

  close(): void {
    this.current?.close();
    this.starts = STARTS;
  }

  private async start(program: ServerProgram): Promise<LanguageServer | undefined> {
    return (await this.attempt(program, OPTIONS)) ?? (await this.attempt(program, undefined));
  }

  private async attempt(
    { file }: ServerProgram,
    initializationOptions: object | undefined
  ): Promise<LanguageServer | undefined> {
    const server = new LanguageServer({
      file,
      parameters: ['--lsp', '--stdio'],
      folder: this.folder,
      environment: { GOGC: GARBAGE_COLLECTION, ...process.env },
      settings: null
    });
    this.current = server;
    const folder = { uri: pathToFileURL(this.folder).href, name: path.basename(this.folder) };
    const initialized = await server.request('initialize', {
      processId: process.pid,
      rootUri: folder.uri,
      workspaceFolders: [folder],
      capabilities: CAPABILITIES,
      ...(initializationOptions && { initializationOptions })
    });
    if (!initialized) {
      server.close();
      return undefined;
    }
    server.notify('initialized', {});
    return server;
  }
}

/** Tells a server that files changed on disk. */
export function tellChanges(server: LanguageServer, files: readonly string[]): void {
  if (files.length > 0) {
    server.notify('workspace/didChangeWatchedFiles', {
      changes: files.map(file => ({ uri: uriOf(file), type: 2 }))
    });
  }
}
