import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { MessagePort } from 'node:worker_threads';
import { toErrorRecord } from '../../protocol';
import { BotLink, type BotServices } from '../bot-link';
import { lazyLower } from '../cell/lowering';
import { SessionNames } from '../cell/session-names';
import { DebuggerLink } from '../debugger';
import { LanguageService } from '../language';
import { LiveLink, notebookName } from '../live-handlers';
import {
  OutputRingReader,
  type CommMessage,
  type MarkedFromSession,
  type OutputMessage,
  type SharedMemory
} from '../thread';
import { LANGUAGE_VERSION } from '../version';
import { errorContent } from '../views';
import type { JsonObject } from '../wire';
import { Aside } from './aside';
import { Assistance } from './assistance';
import { cellReader, plainReader } from './cell-reader';
import type { Channels, Request } from './channels';
import { commContent, CommTable, readComm } from './comm-table';
import { Executor } from './executor';
import { History } from './history';
import { kernelInfo } from './kernel-info';
import { Lull } from './lull';
import { OutputPump } from './output-pump';
import { SessionLink } from './session-link';
import { Status } from './status';

/** How long the session may take to end in peace, in milliseconds. */
const EXIT_PATIENCE = 150;

/** What a kernel is made of. */
export interface KernelOptions {
  /** Open already. */
  channels: Channels;
  /** To and from the main thread. */
  port: MessagePort;
  /** For answers to questions that a cell waits for. */
  input: MessagePort;
  memory: SharedMemory;
  /** The notebook's folder. */
  folder: string;
  /** The kernel's own folder, with the command line by which the bot is reached, and with types. */
  beside: string;
}

/** Answers a request; what it returns is the reply's content. */
type Handler = (request: Request) => JsonObject | Promise<JsonObject>;

/** The side of the kernel that Jupyter sees: takes requests, answers them, publishes output. */
export class Kernel {
  private readonly channels: Channels;
  private readonly status: Status;
  private readonly link: SessionLink;
  private readonly pump: OutputPump;
  private readonly executor: Executor;
  private readonly assistance: Assistance;
  private readonly language: LanguageService;
  private readonly history = new History();
  private readonly lull = new Lull();
  private readonly aside = new Aside();
  private readonly comms = new CommTable();
  private readonly bot: BotLink;
  private services: Promise<BotServices> | undefined;
  private readonly live: LiveLink;
  private readonly debug: DebuggerLink;
  private debugEvents = 0;
  private stopping = false;

  /** Requests that are answered at once, also while a cell runs. */
  private readonly handlers: Record<string, Handler> = {
    kernel_info_request: () => kernelInfo(LANGUAGE_VERSION),
    is_complete_request: async ({ content }) => ({
      ...(await this.assistance.isComplete(content))
    }),
    complete_request: ({ content }) => this.assistance.complete(content),
    inspect_request: ({ content }) => this.assistance.inspect(content),
    history_request: ({ content }) => ({ status: 'ok', history: this.history.query(content) }),
    create_subshell_request: () => this.executor.createSubshell(),
    list_subshell_request: () => this.executor.listSubshells(),
    delete_subshell_request: ({ content }) => this.executor.deleteSubshell(content.subshell_id),
    debug_request: ({ content }) => {
      this.aside.finish();
      return this.debug.answer(content);
    },
    comm_info_request: ({ content }) => this.comms.info(content.target_name),
    interrupt_request: async () => {
      await this.executor.interrupt();
      return { status: 'ok' };
    }
  };

  constructor({ channels, port, input, memory, folder, beside }: KernelOptions) {
    this.bot = new BotLink({ folder, program: path.join(beside, 'chatops.cjs') });
    this.channels = channels;
    this.status = new Status(this.channels);
    this.link = new SessionLink(port, input, memory, {
      told: () => this.pump.told(),
      marked: message => this.pump.add(message),
      signal: () => void this.executor.interrupt()
    });
    this.language = new LanguageService({
      folder,
      beside,
      types: { skill: path.join(beside, 'types'), kernel: path.join(beside, 'kernel-types') }
    });
    const lower = lazyLower(beside);
    const debug = new DebuggerLink({
      event: (event, body) => this.tellOfDebugging(event, body),
      prepare: run => this.link.prepare(run),
      later: work => this.aside.add(work),
      readFile: file => readFileSync(file, 'utf8'),
      beside
    });
    this.assistance = new Assistance({
      link: this.link,
      bot: this.bot,
      language: this.language,
      aside: this.aside,
      lower
    });
    this.executor = new Executor({
      channels: this.channels,
      status: this.status,
      link: this.link,
      history: this.history,
      bot: this.bot,
      folder,
      language: this.language,
      aside: this.aside,
      lull: this.lull,
      debug,
      lower,
      flush: () => this.pump.run(),
      describe: (name, detail) => this.assistance.describe(name, name.length, detail)
    });
    this.debug = debug;
    this.live = new LiveLink(this.bot, notebookName(process.env), order => this.link.live(order));
    this.pump = new OutputPump(new OutputRingReader(memory), {
      stream: (name, cell, text) => this.executor.stream(name, cell, text),
      marked: message => this.takeMarked(message),
      channels: this.channels
    });
  }

  /** Begins to answer. */
  start(): void {
    this.status.starting();
    this.channels.serve({
      request: request => this.take(request),
      input: message => this.link.giveInput(String(message.content.value ?? ''))
    });
    // Reading cells takes the largest modules. They load while nobody waits, and as V8 compiles a function
    // when it first runs, they read a cell.
    setImmediate(
      () => void plainReader().then(reader => reader.compilePlain('0', new SessionNames()))
    );
    void this.lull.next().then(cellReader);
  }

  /** Ends the process. */
  stop(): void {
    if (!this.stopping) {
      this.stopping = true;
      this.bot.close();
      void this.services?.then(services => services.close());
      this.language.close();
      this.pump.run();
      // The last messages leave before the sockets do.
      setImmediate(() => {
        this.channels.close();
        this.link.exit(EXIT_PATIENCE);
      });
    }
  }

  private take(request: Request): void {
    const type = request.header.msg_type;
    const handler = Object.hasOwn(this.handlers, type) ? this.handlers[type] : undefined;
    if (handler) {
      void this.status.during(request, () => this.answer(request, handler));
    } else if (type === 'execute_request') {
      this.link.announce();
      this.live.deleted(deletedCells(request));
      this.executor.submit(request);
    } else if (type === 'comm_open' || type === 'comm_msg' || type === 'comm_close') {
      void this.status.during(request, () => this.takeComm(request));
    } else if (type === 'shutdown_request') {
      void this.status.during(request, () => {
        const { restart } = request.content;
        this.channels.reply(request, { status: 'ok', restart: restart === true });
        this.channels.publish('shutdown_reply', { status: 'ok', restart }, request.header);
      });
      this.stop();
    }
    // Whatever else there is, the protocol says to ignore it.
  }

  private async answer(request: Request, handler: Handler): Promise<void> {
    let content: JsonObject;
    try {
      content = await handler(request);
    } catch (error) {
      // Whoever asked waits for an answer, also where ours is wrong.
      content = { status: 'error', ...errorContent(toErrorRecord(error)) };
    }
    this.channels.reply(request, content);
  }

  private takeComm(request: Request): void {
    const message = readComm(request);
    this.comms.note(message);
    this.link.comm(message, this.executor.adopt(request));
  }

  private tellOfDebugging(event: string, body: JsonObject): void {
    // What was printed before the code stood still is shown before that is told.
    this.pump.run();
    const content = { type: 'event', seq: ++this.debugEvents, event, body };
    this.channels.publish('debug_event', content, this.executor.latestRequest?.header ?? {});
  }

  private takeMarked(message: MarkedFromSession): void {
    switch (message.type) {
      case 'output':
        this.executor.output(message.cell, message.message);
        break;
      case 'comm':
        this.sendComm(message.cell, message.message);
        break;
      case 'call':
        this.link.answer(message.id, this.call(message));
        break;
      case 'input':
        this.ask(message.cell, message.prompt, message.password);
        break;
      case 'done':
        if (message.result) {
          this.executor.output(message.cell, message.result);
        }
        this.executor.done(message.cell, message.outcome);
        break;
      case 'live':
        this.live.report(message.report);
        break;
      case 'settled':
        this.link.settle(message.id);
        break;
    }
  }

  private async call(message: MarkedFromSession & { type: 'call' }): Promise<unknown> {
    return (await (this.services ??= this.loadServices())).call(message);
  }

  private async loadServices(): Promise<BotServices> {
    const { BotServices } = await import(
      /* webpackChunkName: "kernel-bot" */ '../bot-link/services'
    );
    const outlet = {
      output: (cell: number, message: OutputMessage) => {
        this.pump.run();
        this.executor.output(cell, message);
      },
      signalOf: (cell: number) => this.executor.signalOf(cell)
    };
    return new BotServices(this.bot, outlet, this.live);
  }

  private sendComm(cell: number, message: CommMessage): void {
    this.comms.note(message);
    this.executor.output(cell, {
      type: message.type,
      content: commContent(message),
      metadata: message.metadata,
      buffers: message.buffers
    });
  }

  private ask(cell: number, prompt: string, password: boolean): void {
    const request = this.executor.requestOf(cell);
    if (!request || !this.channels.ask(request, prompt, password)) {
      this.link.refuseInput();
    }
  }
}

/** The cells that were deleted since the last request, as JupyterLab tells it. */
function deletedCells({ metadata }: Request): string[] {
  const { deletedCells: cells } = metadata;
  return Array.isArray(cells) ? cells.map(String) : [];
}
