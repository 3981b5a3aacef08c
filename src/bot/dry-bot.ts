import { existsSync } from 'node:fs';
import path from 'node:path';
import { Engine, MemoryJournal, SkillRegistry, systemClock, type Connector } from '../engine';
import {
  DEFAULT_ROOM,
  toErrorRecord,
  type ErrorRecord,
  type SkillRecord,
  type Trace
} from '../protocol';
import {
  Configuration,
  defaultConfiguration,
  engineSettings,
  readConfiguration,
  readVariables
} from './config';
import { PANEL } from './connectors/panel';
import { SkillRuntime } from './runtime';
import { devtools, SkillSet, type Progress } from './skills';
import { ParserSet } from './understanding';

/** How a dry bot is made. */
export interface DryBotOptions {
  /** The bot's folder, as an absolute path. */
  workspace: string;
  /** The configuration file, as an absolute path. */
  configuration: string;
  /** Where this program's other files lie. */
  programs: string;
  version: string;
  /** Told what takes time while skills are fetched. */
  tell?: Progress;
}

/**
 * A bot that understands and does nothing: it loads the configured skills and parsers, and has no
 * connectors, no schedules, no web server and no history. Many may be there for one workspace, beside
 * the one that works.
 */
export class DryBot {
  /** What is wrong with the configuration, and what skills did outside of a message. */
  readonly problems: ErrorRecord[] = [];

  private readonly runtime: SkillRuntime;
  private readonly engine: Engine;
  private readonly skillSet: SkillSet;
  private readonly parsers: ParserSet;
  private readonly configuration: Configuration;

  private constructor(private readonly options: DryBotOptions) {
    const { workspace, programs, version, tell } = options;
    this.configuration = read(options);
    const { values } = this.configuration;
    const name = values['bot-name'];
    const registry = new SkillRegistry(() => systemClock.now());
    this.runtime = new SkillRuntime(programs, { workspace, bot: { name, version } }, systemClock, {
      serve: (skill, request) => this.engine.serve(skill, request),
      log: () => undefined,
      stray: error => this.problems.push(error)
    });
    this.engine = new Engine({
      registry,
      journal: new MemoryJournal(100),
      guard: this.runtime.matching,
      clock: systemClock,
      bot: { id: 'bot', name, bot: true },
      onTrouble: error => this.problems.push(error)
    });
    this.engine.configure(engineSettings(values));
    this.engine.addConnector(deafPanel);
    this.parsers = new ParserSet(this.engine.parsers);
    this.skillSet = new SkillSet({
      registry,
      runtime: this.runtime,
      builtins: new Map([['devtools', devtools({ ...idle, version })]]),
      workspace,
      ...(tell && { tell })
    });
  }

  /**
   * Loads the skills of a workspace.
   *
   * @throws ChatOpsError `CHATOPS_CONFIG_UNREADABLE` or `CHATOPS_CONFIG_SYNTAX`.
   */
  static async open(options: DryBotOptions): Promise<DryBot> {
    const bot = new DryBot(options);
    await bot.begin();
    return bot;
  }

  /** Every configured skill, also those that would not load. */
  get skills(): SkillRecord[] {
    return this.engine.registry.list();
  }

  /** What the bot is called. */
  get name(): string {
    return this.engine.bot.name;
  }

  /** What would happen with a text. */
  explain(text: string, place: Pick<Trace, 'connector' | 'room' | 'user'>): Promise<Trace> {
    return this.engine.explain(text, place);
  }

  async close(): Promise<void> {
    this.engine.stop();
    this.parsers.close();
    await this.skillSet.close();
    await this.runtime.stop();
  }

  private async begin(): Promise<void> {
    const { workspace, configuration, programs } = this.options;
    const folder = path.dirname(configuration);
    this.problems.push(...this.configuration.errors);
    try {
      this.runtime.warmUp();
      await this.parsers.configure(this.configuration, {
        folder,
        packageFolders: [workspace, programs],
        environment: readVariables(workspace),
        clock: systemClock
      });
      await this.skillSet.configure(this.configuration, folder);
    } catch (error) {
      this.problems.push(toErrorRecord(error));
    }
  }
}

function read({ workspace, configuration }: DryBotOptions): Configuration {
  const name = path.basename(configuration);
  return existsSync(configuration)
    ? readConfiguration(configuration, name, readVariables(workspace))
    : Configuration.parse(defaultConfiguration, name, {});
}

/** Takes what skills say while they load, and knows who people are as the real one does. */
const deafPanel: Connector = {
  name: PANEL,
  noticeRooms: [],
  defaultRoom: DEFAULT_ROOM,
  identifies: true,
  connect: () => Promise.resolve(),
  disconnect: () => Promise.resolve(),
  deliver: () => undefined
};

/** What the developer tools would do, if they were ever called. */
const idle = {
  skills: () => [],
  mayTry: () => true,
  reload: () => Promise.resolve([]),
  hold: () => Promise.reject(new Error('nothing happens here')),
  release: () => Promise.reject(new Error('nothing happens here')),
  clear: () => false,
  quit: () => undefined
};
