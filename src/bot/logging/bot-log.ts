import { pino, type Logger } from 'pino';
import pretty from 'pino-pretty';
import { chatOpsError, formatError, type ErrorRecord, type LogLine } from '../../protocol';
import type { LoggingConfig, Secrets } from '../config';
import { LogFile } from './log-file';
import { fileReason } from '../file-reason';

/** opsdroid's levels in pino's words. */
const LEVELS: Readonly<Record<LoggingConfig['level'], string>> = {
  debug: 'debug',
  info: 'info',
  warning: 'warn',
  error: 'error',
  critical: 'fatal'
};

/** How many of the newest lines are kept at hand for whoever asks. */
const KEPT_LINES = 1000;

/** A log line's head: time, level, which part of the bot. */
const FORMAT = {
  colorize: false,
  ignore: 'pid,hostname,module',
  translateTime: 'SYS:yyyy-mm-dd HH:MM:ss.l',
  messageFormat: '{module}: {msg}',
  singleLine: true
} as const;

/** Where a log is written besides the file. */
export interface LogTarget {
  write(text: string): unknown;
}

/**
 * The bot's log: to a file, to the terminal, and to the panel on request. Secrets are masked on the
 * way in, so that they are in none of them.
 */
export class BotLog {
  private lines: string[] = [];
  private file: LogFile | undefined;
  private logger: Logger;

  /** @param terminal - where `console: true` writes. */
  constructor(
    private readonly secrets: Secrets,
    private readonly terminal: LogTarget = process.stderr
  ) {
    this.logger = this.create({ level: 'info', console: false, format: 'text', 'file-size': 0 });
  }

  /** The file that is written, if one is. */
  get path(): string | undefined {
    return this.file?.file;
  }

  /**
   * Writes as a configuration says from now on.
   *
   * @param file - an absolute path; nothing for no file.
   * @returns what is wrong with the file, if it cannot be written; the rest works.
   */
  configure(config: LoggingConfig, file: string | undefined): ErrorRecord | undefined {
    this.close();
    let problem: ErrorRecord | undefined;
    if (file !== undefined) {
      try {
        this.file = new LogFile(file, config['file-size']);
      } catch (error) {
        problem = chatOpsError('CHATOPS_LOG_FILE', { file, reason: fileReason(error) }).record;
      }
    }
    this.logger = this.create(config);
    return problem;
  }

  /** A logger for one part of the bot. */
  part(module: string): PartLog {
    return {
      debug: text => this.logger.debug({ module }, text),
      info: text => this.logger.info({ module }, text),
      warning: text => this.logger.warn({ module }, text),
      error: text => this.logger.error({ module }, text),
      line: ({ level, text }) =>
        this.logger[level === 'warning' ? 'warn' : level]({ module }, text),
      problem: error => this.logger.error({ module }, formatError(error))
    };
  }

  /** The newest lines, oldest first. */
  tail(count: number): string[] {
    return this.lines.slice(-count);
  }

  close(): void {
    this.file?.close();
    this.file = undefined;
  }

  private create(config: LoggingConfig): Logger {
    const format = pretty.prettyFactory(FORMAT);
    return pino(
      { level: LEVELS[config.level] },
      {
        write: (json: string) => {
          const masked = this.secrets.mask(json);
          const text = format(JSON.parse(masked) as object) ?? '';
          this.lines.push(text.trimEnd());
          if (this.lines.length > 2 * KEPT_LINES) {
            this.lines = this.lines.slice(-KEPT_LINES);
          }
          this.file?.write(config.format === 'json' ? masked : text);
          if (config.console) {
            this.terminal.write(config.format === 'json' ? masked : text);
          }
        }
      }
    );
  }
}

/** The log of one part of the bot. */
export interface PartLog {
  debug(text: string): void;
  info(text: string): void;
  warning(text: string): void;
  error(text: string): void;
  /** What a skill logged. */
  line(line: LogLine): void;
  /** An error with all that is known of it. */
  problem(error: ErrorRecord): void;
}
