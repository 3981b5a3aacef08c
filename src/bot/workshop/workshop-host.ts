import type { Engine, Journal } from '../../engine';
import type { ErrorRecord } from '../../protocol';

/** What the workshop needs of the bot it is about. */
export interface WorkshopHost {
  readonly workspace: string;
  /** The folder of the built programs. */
  readonly programs: string;
  readonly engine: Engine;
  readonly journal: Journal;
  /** The configuration in force, its file's text, and what is wrong with the file. */
  configuration(): { value: unknown; errors: readonly ErrorRecord[]; text: string };
  /** Connectors that are connected. */
  connectorNames(): string[];
  /** Where the bot's web server listens, when it does, and what a caller must know. */
  webAddress(): { url: string; token?: string } | undefined;
  /** The environment, and what the workspace's `.env` file adds to it. */
  environment(): Readonly<Record<string, string | undefined>>;
  saveSkill(name: string, source: string): Promise<unknown>;
  saveConfiguration(source: string): Promise<unknown>;
  /** Reads the configuration and the skills again, as far as their files changed. */
  sync(): Promise<unknown>;
}
