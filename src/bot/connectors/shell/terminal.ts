import { existsSync, readFileSync } from 'node:fs';
import { createInterface, cursorTo, clearLine, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { writeFileAtomically } from '../../config';

/** How many lines the up arrow remembers. */
const HISTORY_SIZE = 500;

/** What a terminal is made of. */
export interface TerminalOptions {
  input: Readable & { isTTY?: boolean };
  output: Writable & { isTTY?: boolean };
  /** What stands in front of the cursor, such as `chatops> `. */
  prompt: string;
  /** Where the lines of earlier sessions are kept; nothing to forget them. */
  historyFile?: string;
}

/**
 * A conversation in a terminal: a prompt with a line editor and its history. What the bot says
 * appears above the line that is being written.
 */
export class Terminal {
  private readonly input: TerminalOptions['input'];
  private readonly output: TerminalOptions['output'];
  private readonly prompt: string;
  private readonly historyFile: string | undefined;
  private lines: Interface | undefined;
  private closed = false;

  constructor({ input, output, prompt, historyFile }: TerminalOptions) {
    this.input = input;
    this.output = output;
    this.prompt = prompt;
    this.historyFile = historyFile;
  }

  /** True when a person sits in front of it. */
  get isInteractive(): boolean {
    return this.input.isTTY === true && this.output.isTTY === true;
  }

  /**
   * Begins to read.
   *
   * @param onLine - called with each line that says something.
   * @param onEnd - called when the person leaves (Ctrl-D, Ctrl-C on an empty line) or the input ends.
   */
  open(onLine: (line: string) => void, onEnd: () => void): void {
    const lines = createInterface({
      input: this.input,
      output: this.output,
      terminal: this.isInteractive,
      prompt: this.isInteractive ? this.prompt : '',
      historySize: HISTORY_SIZE,
      history: this.readHistory(),
      removeHistoryDuplicates: true
    });
    this.lines = lines;
    lines.on('line', line => {
      if (line.trim() !== '') {
        onLine(line);
      }
      this.ask();
    });
    lines.on('history', history => this.keepHistory(history));
    lines.on('SIGINT', () => {
      // As in a shell: the first Ctrl-C gives up the line, on an empty one it leaves.
      if (lines.line === '') {
        lines.close();
      } else {
        this.output.write('^C\n');
        lines.write(null, { ctrl: true, name: 'u' });
        this.ask();
      }
    });
    lines.on('close', () => {
      this.closed = true;
      if (this.isInteractive) {
        this.output.write('\n');
      }
      onEnd();
    });
    this.ask();
  }

  /** Writes what the bot says. */
  show(text: string): void {
    if (this.isInteractive && this.lines && !this.closed) {
      clearLine(this.output, 0);
      cursorTo(this.output, 0);
      this.output.write(`${text}\n`);
      this.lines.prompt(true);
    } else {
      this.output.write(`${text}\n`);
    }
  }

  /** Empties the screen. */
  clear(): void {
    if (this.isInteractive) {
      this.output.write('\u001bc');
      this.ask();
    }
  }

  close(): void {
    this.lines?.close();
  }

  private ask(): void {
    if (this.isInteractive && !this.closed) {
      this.lines?.prompt();
    }
  }

  private readHistory(): string[] {
    return this.historyFile && existsSync(this.historyFile)
      ? readFileSync(this.historyFile, 'utf8').split('\n').filter(Boolean)
      : [];
  }

  private keepHistory(history: string[]): void {
    if (this.historyFile) {
      try {
        writeFileAtomically(this.historyFile, `${history.join('\n')}\n`);
      } catch {
        // A history that cannot be kept is no reason to trouble a conversation.
      }
    }
  }
}
