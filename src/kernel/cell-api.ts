/**
 * What a cell finds around it. This file imports nothing, so that TypeScript's server needs no other
 * one to know it.
 */

/** Data in several formats, by media type such as `text/html`; the front end takes the best it can show. */
export type MimeData = Record<string, unknown>;

/** Something that is shown and can be replaced. */
export interface DisplayHandle {
  /** Names the display; a display of the same name replaces it. */
  readonly id: string;
  /** Shows another value in its place, wherever it is shown. */
  update(value: unknown): void;
}

/** What {@link Display} may be told. */
export interface DisplayOptions {
  /** Names the display, so that it can be updated later. */
  id?: string;
  /** For each media type, such as `{ 'image/png': { width: 200 } }`. */
  metadata?: Record<string, unknown>;
}

/** A text, or a template with values in it. */
export type TextArguments = [text: string | TemplateStringsArray, ...values: unknown[]];

/** What a bar can walk through. */
export type ProgressItems<T> = Iterable<T> | AsyncIterable<T>;

/** What {@link Display.progress} may be told. */
export interface ProgressOptions {
  /** What stands before the bar. */
  label?: string;
  /** How many items there will be, where the list does not say so itself. */
  total?: number;
}

/** A bar that fills. */
export interface Progress {
  /** How much there is to do; nothing when that is not known. */
  readonly total: number | undefined;
  /** How much is done; assigning it moves the bar. */
  value: number;
  /** Moves the bar by one step or more; the note says what was done. */
  advance(steps?: number, note?: string): void;
  /** Shows how far it came, now that nothing more will come. */
  end(): void;
}

/** What a cell calls as `display`. */
export interface Display {
  /** Shows a value below the cell, as the last expression's value would be. */
  (value: unknown, options?: DisplayOptions): DisplayHandle;
  /** Shows HTML. */
  html(...text: TextArguments): DisplayHandle;
  /** Shows Markdown. */
  markdown(...text: TextArguments): DisplayHandle;
  /** Shows LaTeX, such as ``display.latex`$\alpha$` ``. */
  latex(...text: TextArguments): DisplayHandle;
  /** Shows a drawing in SVG. */
  svg(...text: TextArguments): DisplayHandle;
  /** Shows data as a tree that can be opened. */
  json(value: unknown): DisplayHandle;
  /** Shows a picture: its bytes, or the path of its file. */
  image(picture: Uint8Array | string): DisplayHandle;
  /** Shows rows as a table: lists of objects or of lists, a map, an object. */
  table(rows: unknown, options?: { columns?: readonly string[] }): DisplayHandle;
  /** Shows a chart from its description in Vega-Lite. */
  vegaLite(specification: object): DisplayHandle;
  /** Shows a bar for a number of steps, or for steps that are not counted. */
  progress(total?: number, options?: ProgressOptions): Progress;
  /** Shows a bar that fills while a loop walks through a list. */
  progress<T>(items: ProgressItems<T>, options?: ProgressOptions): Iterable<T> & AsyncIterable<T>;
  /** Shows a value in a pane of its own, where the front end has one. */
  page(value: unknown): void;
  /** Several formats at once; the front end takes the best it can show. */
  bundle(data: MimeData, options?: DisplayOptions): DisplayHandle;
  /** Removes what the cell has shown; with `wait`, only when something new is shown. */
  clear(options?: { wait?: boolean }): void;
}

/** What travels on a comm. */
export interface CommEvent {
  data: Record<string, unknown>;
  metadata: Record<string, unknown>;
  buffers: Uint8Array[];
}

/** What may go along with the data of a comm message. */
export interface CommExtras {
  metadata?: Record<string, unknown>;
  buffers?: Uint8Array[];
}

/** A channel between the session and something in the front end, such as a widget. */
export interface Comm {
  readonly id: string;
  readonly target: string;
  /** Called with each message of the other side. */
  onMessage: ((event: CommEvent) => void) | undefined;
  /** Called when the other side closes. */
  onClose: ((event: CommEvent) => void) | undefined;
  /** Sends something to the other side. */
  send(data: Record<string, unknown>, extras?: CommExtras): void;
  /** Ends it. */
  close(data?: Record<string, unknown>, extras?: CommExtras): void;
}

/** What a cell calls as `comms`. */
export interface Comms {
  /** Opens a comm to a target that the front end knows. */
  open(target: string, data?: Record<string, unknown>, extras?: CommExtras): Comm;
  /** Says who takes the comms that the front end opens to a target. */
  register(target: string, take: (comm: Comm, event: CommEvent) => void): void;
}

/** How `chat` speaks. */
export interface ChatOptions {
  /** As whom. */
  user?: string;
  /** Where. */
  room?: string;
}

/** What `chat` resolves to. */
export interface ChatReply {
  /** What was said. */
  text: string;
  room: string;
  user: string;
  /** The texts of the bot's answers, in order. */
  replies: string[];
  /** The answers in full. */
  messages: object[];
  /** What became of the message: the outcome, the skill that won, its score. */
  handled: object;
  /** The message's place in the bot's journal, for `why(seq)`. */
  seq: number;
}

/** What cells call as `bot`. */
export interface Bot {
  /** What the bot is called; empty before {@link start}. */
  readonly name: string;
  /** The folder it works in; empty before {@link start}. */
  readonly workspace: string;
  /** Makes sure that the bot runs, and says where and with which skills. */
  start(): Promise<object>;
  /** Where the bot runs, since when, and what is wrong with it, if anything is. */
  state(): Promise<object>;
  /** The skills that are live. */
  skills(): Promise<object>;
  /** Loads skills again from their files: all, or those that are named. */
  reload(...skills: string[]): Promise<object>;
  /** The last lines of the bot's log. */
  logs(lines?: number): Promise<string[]>;
}

/** What `prompt` may be told. */
export interface PromptOptions {
  /** True to hide what is typed. */
  password?: boolean;
}

/** What the kernel puts into every cell, by its name there. */
export interface CellGlobals {
  chat: (text: string, options?: ChatOptions) => Promise<ChatReply>;
  why: (message: number | string, options?: { room?: string }) => Promise<object>;
  bot: Bot;
  startFixture: (name: string) => Promise<{ url: string }>;
  display: Display;
  prompt: (question?: unknown, initial?: string, options?: PromptOptions) => string;
  confirm: (question?: unknown) => boolean;
  comms: Comms;
}
