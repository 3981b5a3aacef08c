import type { BotLink } from '../bot-link';
import type { Source } from '../language';
import type { MimeBundle, StreamName } from '../thread';

/** A magic as it stands in a cell. */
export interface MagicCall {
  /** The words after its name. */
  args: string[];
  /** For a cell magic, everything below its line. */
  body: string;
  /** The line it stands on, counted from 1; its body begins on the next. */
  line: number;
  /** The whole cell. */
  cell: string;
}

/** What a magic may use. */
export interface MagicContext {
  /** The workspace's bot, reached when it is first used. */
  bot: BotLink;
  /** Every magic there is. */
  magics: readonly Magic[];
  /** What is done about type errors. */
  types: { mode: 'warn' | 'error' | 'off'; readonly version: string | undefined };
  /** The notebook's folder. */
  folder: string;
  /** What people call the cell. */
  label: string;
  /** What the front end keeps with the cell, as it sent it along. */
  metadata: Readonly<Record<string, unknown>>;
  /** Fires when the cell is interrupted. */
  signal: AbortSignal;
  /** Shows something below the cell. */
  display(bundle: MimeBundle): void;
  /** Writes text below the cell. */
  write(stream: StreamName, text: string): void;
  /** Asks the front end to do something, such as to add a cell. */
  payload(payload: Record<string, unknown>): void;
}

/**
 * A command that begins with `%` or `%%`. Each lives in a file of its own and is listed in
 * `registry.ts`; parsing, help, completion and errors come from there.
 */
export interface Magic {
  /** With its percent signs: one takes the rest of its line, two the rest of the cell. */
  name: `%${string}`;
  /** How it is written, such as `%%skill NAME`. */
  usage: string;
  /** What it does, in one sentence. */
  summary: string;
  /** More about it, as Markdown. */
  details: string;
  /**
   * The words that may come next on its line.
   *
   * @param before - those that stand there already.
   */
  complete?(context: Pick<MagicContext, 'bot' | 'magics'>, before: readonly string[]): string[];
  /** What of a cell is TypeScript, where its magic takes some. */
  source?(call: MagicCall, context: Pick<MagicContext, 'bot'>): Source | undefined;
  /**
   * Does it.
   *
   * @throws ChatOpsError with a place in the cell where there is one.
   */
  run(call: MagicCall, context: MagicContext): void | Promise<void>;
}

/** True for a magic that takes the rest of the cell. */
export function isCellMagic(name: string): boolean {
  return name.startsWith('%%');
}
