import { systemClock, type Engine, type RegistryEvent } from '../engine';
import { toErrorRecord, type ErrorRecord, type SkillChange } from '../protocol';
import { engineSettings, type Secrets } from './config';
import type { ConfigurationKeeper } from './configuration-keeper';
import type { ConnectorSet } from './connector-set';
import { logPath, type BotLog } from './logging';
import type { MemoryKeeper } from './memory';
import type { Notices } from './notices';
import type { SavedSkill, SkillSet } from './skills';
import { readSkillIntents, type ParserSet } from './understanding';
import type { WebSite } from './web';

/** Everything that a configuration has something to say about. */
export interface Configurable {
  /** The bot's folder. */
  workspace: string;
  /** Where packages may be installed that only some parts need. */
  packageFolders: readonly string[];
  keeper: ConfigurationKeeper;
  engine: Engine;
  secrets: Secrets;
  log: BotLog;
  notices: Notices;
  memory: MemoryKeeper;
  parsers: ParserSet;
  skills: SkillSet;
  connectors: ConnectorSet;
  site: WebSite;
  /** False while the bot starts or stops. */
  isReady(): boolean;
}

/** Puts the configuration into force on everything it is about, one change after the other. */
export class ConfiguredParts {
  /** What is wrong with the bot's own folder and files. */
  private troubles: ErrorRecord[] = [];
  private work: Promise<unknown> = Promise.resolve();

  constructor(private readonly parts: Configurable) {}

  /** Everything that is wrong and does not keep the bot from working. */
  problems(): ErrorRecord[] {
    const { keeper, memory, site, connectors, parsers } = this.parts;
    return [
      ...this.troubles,
      ...keeper.warnings,
      ...memory.problems,
      ...site.problems(),
      ...connectors.problems,
      ...parsers.problems
    ];
  }

  /** Notes what is wrong with the bot's own folder. */
  note(troubles: readonly ErrorRecord[]): void {
    const codes = new Set(troubles.map(({ code }) => code));
    this.troubles = [...this.troubles.filter(({ code }) => !codes.has(code)), ...troubles];
  }

  /** Puts the configuration as it was read last into force. */
  apply(cause: RegistryEvent['cause']): Promise<SkillChange[]> {
    return this.exclusively(async () => {
      const { engine, keeper, memory, parsers, skills, connectors, site, notices } = this.parts;
      const { configuration, folder } = keeper;
      this.configureLog();
      engine.configure(engineSettings(configuration.values));
      await memory.configure(configuration);
      await parsers.configure(configuration, {
        folder,
        packageFolders: this.parts.packageFolders,
        environment: keeper.variables,
        clock: systemClock
      });
      // Health is asked for while skills load.
      await connectors.configureWeb(configuration, folder, site.isNeeded);
      // A connector brings messages at once, so what answers them comes first.
      const changes = await skills.configure(configuration, folder);
      await connectors.configure(configuration, folder, site.isNeeded);
      engine.registry.announce({ cause, changes });
      site.tell();
      await notices.problems(this.problems());
      return changes;
    });
  }

  /**
   * The file changed, or one that belongs to it.
   *
   * @param isFirst - it may as well be as it was when it was read.
   */
  async fileChanged(isFirst: boolean): Promise<void> {
    const { keeper, notices } = this.parts;
    try {
      if (keeper.read()) {
        await this.apply('configuration');
      } else {
        await notices.problems(this.problems());
      }
    } catch (error) {
      // Also when it is the same mistake again: whoever saved the file wants to know.
      await (isFirst ? notices.problems(this.problems()) : notices.tell(toErrorRecord(error)));
    }
  }

  /** What `reload` does: the configuration first, then the skills. */
  async reload(names: string[] | undefined): Promise<SkillChange[]> {
    const { keeper, memory, skills } = this.parts;
    if (names === undefined && keeper.read()) {
      return this.apply('request');
    }
    await memory.configure(keeper.configuration);
    return skills.reload(names, 'request');
  }

  /** Reads the configuration and the skills again, as far as their files changed. */
  async sync(): Promise<void> {
    // The watcher may have seen the file first, and be at work on it.
    await this.work;
    await this.reload(undefined);
    await this.work;
  }

  /**
   * Makes a source the live version of a skill, and enters a new skill into the configuration.
   *
   * @param known - the fingerprints of what may stand in the file; anything, when absent.
   */
  async saveSkill(
    name: string,
    source: string,
    known?: readonly string[]
  ): Promise<SavedSkill & { configured: boolean }> {
    const { keeper, skills } = this.parts;
    const saved = await skills.save(name, source, known);
    let configured = false;
    if (saved.newPath !== undefined) {
      try {
        keeper.addSkill(name, saved.newPath);
        configured = true;
        await this.apply('cell');
      } catch (error) {
        saved.change.warnings.push(toErrorRecord(error));
      }
    }
    return { ...saved, configured };
  }

  /** Skills came, went or changed by themselves: what follows from that for other parts. */
  skillsChanged(): void {
    this.trainParsers();
    const { connectors, keeper, notices, site, isReady } = this.parts;
    if (isReady()) {
      void this.exclusively(async () => {
        if (isReady()) {
          await connectors.configureWeb(keeper.configuration, keeper.folder, site.isNeeded);
          site.tell();
          await notices.problems(this.problems());
        }
      }).catch(() => undefined);
    }
  }

  /** Lets the log and what is masked in it follow the configuration. */
  configureLog(): void {
    const { keeper, secrets, log, workspace } = this.parts;
    const { values } = keeper.configuration;
    secrets.learn(values);
    // Skills can read the environment by themselves.
    secrets.learn(keeper.variables);
    const problem = log.configure(
      values.logging,
      logPath(values.logging, keeper.folder, workspace)
    );
    if (problem) {
      this.note([problem]);
    }
  }

  /** It may take minutes, and everything else goes on meanwhile. */
  private trainParsers(): void {
    const { keeper, parsers, notices } = this.parts;
    const { configuration, folder } = keeper;
    const documents = (): string[] => readSkillIntents(configuration, folder);
    void parsers.train(documents).then(async problems => {
      for (const problem of problems) {
        await notices.tell(problem);
      }
    });
  }

  private exclusively<T>(action: () => Promise<T>): Promise<T> {
    const result = this.work.then(action, action);
    this.work = result.catch(() => undefined);
    return result;
  }
}
