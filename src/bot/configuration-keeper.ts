import { existsSync } from 'node:fs';
import path from 'node:path';
import { ChatOpsError, chatOpsError, Emitter, type ErrorRecord } from '../protocol';
import {
  addSkill,
  Configuration,
  defaultConfiguration,
  displayPath,
  findConfiguration,
  includeBeside,
  resolveFrom,
  readConfiguration,
  readVariables,
  writeFileAtomically,
  type Variables
} from './config';
import { FileWatcher } from './skills';
import { fileReason } from './file-reason';

/** The configuration in force, and its file. */
export class ConfigurationKeeper {
  /** The file, or the variables it refers to, changed; or their watch has begun, and they may have. */
  readonly changed = new Emitter<{ isFirst: boolean }>();
  /** An absolute path. */
  readonly file: string;

  private current: Configuration;
  /** Why the file as it is now is not in force. */
  private problem: ErrorRecord | undefined;
  private readonly watcher: FileWatcher;

  /**
   * @param workspace - the bot's folder, as an absolute path.
   * @param file - the configuration; found, or made in the workspace, when absent.
   */
  constructor(
    private readonly workspace: string,
    file?: string
  ) {
    this.file = path.resolve(file ?? findConfiguration(workspace));
    this.current = Configuration.parse(defaultConfiguration, this.name, {});
    this.watcher = new FileWatcher((_, isFirst) => this.changed.emit({ isFirst }));
  }

  /** What holds. */
  get configuration(): Configuration {
    return this.current;
  }

  /** What the configuration may refer to, and skills may read. */
  get variables(): Variables {
    return readVariables(this.workspace);
  }

  /** What paths in the configuration are relative to. */
  get folder(): string {
    return path.dirname(this.file);
  }

  /** The file as people see it: relative to the workspace when it is inside. */
  get name(): string {
    return displayPath(this.workspace, this.file);
  }

  /** Everything that is wrong with the configuration. */
  get warnings(): ErrorRecord[] {
    return [
      ...(this.problem ? [this.problem] : []),
      ...this.current.errors,
      ...this.current.warnings
    ];
  }

  /** Reads the file for the first time; writes the default one where there is none. */
  begin(): void {
    if (!existsSync(this.file)) {
      try {
        writeFileAtomically(this.file, defaultConfiguration);
      } catch (error) {
        this.problem = this.readOnly('the default configuration is used but not written', error);
      }
    }
    if (!this.problem) {
      try {
        this.read();
      } catch {
        // The problem is noted; the default holds until the file is right.
      }
    }
    this.watch();
  }

  /**
   * Reads the file again.
   *
   * @returns true when what it says is new.
   * @throws ChatOpsError `CHATOPS_CONFIG_UNREADABLE` or `CHATOPS_CONFIG_SYNTAX`; then what held
   * before holds on.
   */
  read(): boolean {
    const before = JSON.stringify(this.current.values);
    try {
      this.current = readConfiguration(this.file, this.name, this.variables);
      this.watch();
      this.problem = undefined;
    } catch (error) {
      this.problem = error instanceof ChatOpsError ? error.record : undefined;
      throw error;
    }
    return JSON.stringify(this.current.values) !== before;
  }

  /**
   * Writes a new configuration, if nothing is wrong with it.
   *
   * @throws ChatOpsError the first thing that is wrong, or `CHATOPS_WORKSPACE_READ_ONLY`; then the
   * file is as it was.
   */
  save(text: string): void {
    const include = includeBeside(this.file, this.name);
    const [error] = Configuration.parse(text, this.name, this.variables, include).errors;
    if (error) {
      throw new ChatOpsError(error);
    }
    this.write(text);
    this.read();
  }

  /**
   * Enters a skill into the file.
   *
   * @throws ChatOpsError `CHATOPS_WORKSPACE_READ_ONLY`.
   */
  addSkill(name: string, location: string): void {
    this.write(addSkill(this.current.text, name, location));
    this.read();
  }

  async close(): Promise<void> {
    await this.watcher.close();
  }

  private watch(): void {
    const included = this.current.files.slice(1).map(name => resolveFrom(this.workspace, name));
    this.watcher.setPoll(this.current.watchInterval);
    this.watcher.setFiles([this.file, path.join(this.workspace, '.env'), ...included]);
  }

  private write(text: string): void {
    try {
      writeFileAtomically(this.file, text);
    } catch (error) {
      throw new ChatOpsError(this.readOnly('the configuration was not saved', error), error);
    }
  }

  private readOnly(consequence: string, error: unknown): ErrorRecord {
    return chatOpsError('CHATOPS_WORKSPACE_READ_ONLY', {
      path: this.folder,
      consequence: `${consequence} (${fileReason(error)})`
    }).record;
  }
}
