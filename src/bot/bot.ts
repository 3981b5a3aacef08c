import path from 'node:path';
import { Engine, SkillRegistry, systemClock, type Journal } from '../engine';
import { chatOpsError, toErrorRecord, type ErrorRecord, type SkillChange } from '../protocol';
import { Secrets, type Configuration } from './config';
import { ConfigurationKeeper } from './configuration-keeper';
import { ConfiguredParts } from './configured-parts';
import { ConnectorSet } from './connector-set';
import { connectorKinds } from './connectors/connector-kinds';
import { PanelConnector, type PanelHost, type SavedConfiguration } from './connectors/panel';
import type { Terminal } from './connectors/shell';
import { FileJournal } from './journal';
import { MemoryKeeper } from './memory';
import { BotLog } from './logging';
import { Notices } from './notices';
import { peerOfLocalSocket, peerOfWeb } from './peer';
import { SkillRuntime } from './runtime';
import { EndpointPlace, HttpHost, Presence, sendJson, type Endpoint } from './server';
import { devtools, SkillSet, type SavedSkill } from './skills';
import { ParserSet } from './understanding';
import { WorkshopDesk, type WorkshopHost } from './workshop';
import { WebSite, type SiteHost } from './web';
import { openJournal, realWorkspace } from './workspace';

/** How a bot is started. */
export interface BotOptions {
  /** The bot's folder. */
  workspace: string;
  /** The configuration file; found when absent. */
  configuration?: string;
  /** Where this program's other files lie. */
  programs: string;
  version: string;
  /** Leave some seconds after the last client has left. */
  managed?: boolean;
  /** The terminal for the `shell` connector; without one it is left out. */
  terminal?: Terminal;
  /** Called when the bot has ended by itself: told to quit, deserted, or left by its terminal. */
  onEnd?: () => void;
}

/** A running bot: everything that belongs to one workspace, put together. */
export class Bot implements PanelHost, WorkshopHost, SiteHost {
  readonly version: string;
  readonly workspace: string;
  readonly engine: Engine;
  readonly secrets = new Secrets();
  readonly log: BotLog;
  readonly workshop: WorkshopDesk;
  /** Resolves when the skills have been loaded for the first time. */
  readonly started: Promise<void>;

  private readonly local = new HttpHost();
  private readonly site: WebSite;
  private readonly keeper: ConfigurationKeeper;
  private readonly runtime: SkillRuntime;
  private readonly skills: SkillSet;
  private readonly connectors: ConnectorSet;
  private readonly memory: MemoryKeeper;
  private readonly parsers: ParserSet;
  private readonly panel: PanelConnector;
  private readonly presence: Presence | undefined;
  private readonly notices: Notices;
  private readonly configured: ConfiguredParts;
  private endpoint: Endpoint | undefined;
  private markStarted!: () => void;
  private loaded = false;
  private quitting = false;
  private ended: Promise<void> | undefined;

  private constructor(
    private readonly options: BotOptions,
    readonly journal: Journal,
    private readonly place: EndpointPlace
  ) {
    this.version = options.version;
    this.workspace = options.workspace;
    this.started = new Promise(resolve => (this.markStarted = resolve));
    this.log = new BotLog(this.secrets);
    this.keeper = new ConfigurationKeeper(this.workspace, options.configuration);
    this.keeper.begin();
    const registry = new SkillRegistry(() => systemClock.now());
    this.runtime = new SkillRuntime(
      options.programs,
      { workspace: this.workspace, bot: { name: this.name, version: this.version } },
      systemClock,
      {
        serve: (skill, request) => this.engine.serve(skill, request),
        log: (skill, line) => this.log.part(`skill ${skill}`).line(line),
        stray: error => void this.notices.stray(error)
      }
    );
    this.engine = new Engine({
      registry,
      journal,
      guard: this.runtime.matching,
      clock: systemClock,
      bot: { id: 'bot', name: this.name, bot: true },
      mask: value => this.secrets.maskAll(value),
      onTrouble: error => void this.notices.tell(error)
    });
    this.notices = new Notices(this.engine, this.log);
    this.memory = new MemoryKeeper(
      {
        workspace: this.workspace,
        folder: this.keeper.folder,
        packageFolders: [this.workspace, options.programs]
      },
      memory => (this.engine.memory = memory)
    );
    this.parsers = new ParserSet(this.engine.parsers);
    this.skills = new SkillSet({
      registry,
      runtime: this.runtime,
      builtins: new Map([
        [
          'devtools',
          devtools({
            version: this.version,
            skills: () => registry.list(),
            mayTry: (roles, asker) => this.engine.roles.mayTry(roles, asker),
            reload: names => this.configured.reload(names),
            hold: (name, by) => this.holdSkill(name, by),
            release: name => this.releaseSkill(name),
            clear: (connector, room) => this.engine.speaker.clear({ connector, room }),
            quit: () => void this.quit()
          })
        ]
      ]),
      workspace: this.workspace,
      tell: (skill, line) => this.log.part('skills').info(`${skill}: ${line}`)
    });
    this.workshop = new WorkshopDesk(
      this,
      this.keeper.variables.CHATOPS_WORKSHOP ?? path.join(options.programs, 'workshop')
    );
    this.panel = new PanelConnector(this);
    const kinds = connectorKinds({
      receive: message => this.engine.receive(message),
      whenIdle: () => this.engine.whenIdle(),
      terminal: options.terminal,
      onLeave: () => void this.end('its terminal was left'),
      journal,
      log: this.log
    });
    this.site = new WebSite(this);
    this.connectors = new ConnectorSet(this.engine, kinds, this.site.server, {
      clock: systemClock,
      random: Math.random,
      onChanged: () => void this.notices.problems(this.warnings())
    });
    this.configured = new ConfiguredParts({
      workspace: this.workspace,
      packageFolders: [this.workspace, options.programs],
      keeper: this.keeper,
      engine: this.engine,
      secrets: this.secrets,
      log: this.log,
      notices: this.notices,
      memory: this.memory,
      parsers: this.parsers,
      skills: this.skills,
      connectors: this.connectors,
      site: this.site,
      isReady: () => this.isReady()
    });
    this.presence = options.managed
      ? new Presence(systemClock, () => void this.end('nobody is connected any more'))
      : undefined;
  }

  /**
   * Starts the bot of a workspace.
   *
   * @throws ChatOpsError `CHATOPS_WORKSPACE`, or `CHATOPS_SOCKET_IN_USE` when it has one already.
   */
  static async start(options: BotOptions): Promise<Bot> {
    const workspace = realWorkspace(options.workspace);
    const place = new EndpointPlace(workspace);
    const troubles: ErrorRecord[] = [];
    const holder = await place.find();
    if (holder) {
      throw chatOpsError('CHATOPS_SOCKET_IN_USE', { pid: holder.pid });
    }
    const journal = await openJournal(workspace, error => troubles.push(error));
    const bot = new Bot({ ...options, workspace }, journal, place);
    bot.configured.note(troubles);
    await bot.begin();
    return bot;
  }

  get name(): string {
    return this.keeper.configuration.values['bot-name'];
  }

  get isQuitting(): boolean {
    return this.quitting;
  }

  get speakAs(): boolean {
    return this.keeper.configuration.values.panel['speak-as'];
  }

  /** The configuration file, relative to the workspace when it is inside. */
  get configurationName(): string {
    return this.keeper.name;
  }

  /** The port of the web server, when there is one. */
  get port(): number | undefined {
    return this.site.server.port;
  }

  warnings(): ErrorRecord[] {
    return this.configured.problems();
  }

  saveSkill(
    name: string,
    source: string,
    known?: readonly string[]
  ): Promise<SavedSkill & { configured: boolean }> {
    return this.configured.saveSkill(name, source, known);
  }

  reloadSkills(names?: string[]): Promise<SkillChange[]> {
    return this.skills.reload(names, 'request');
  }

  holdSkill(name: string, by: string): Promise<SkillChange> {
    return this.skills.hold(name, by, 'request');
  }

  releaseSkill(name: string): Promise<SkillChange> {
    return this.skills.release(name, 'request');
  }

  async saveConfiguration(source: string): Promise<SavedConfiguration> {
    this.keeper.save(source);
    const changes = await this.configured.apply('configuration');
    return { file: this.keeper.name, changes, warnings: this.warnings() };
  }

  logTail(lines: number): string[] {
    return this.log.tail(lines);
  }

  /** The configuration in force, its file's text, and what is wrong with the file. */
  configuration(): ReturnType<WorkshopHost['configuration']> {
    const { configuration, warnings } = this.keeper;
    return { value: configuration.values, errors: warnings, text: configuration.text };
  }

  /** False until the skills have been loaded for the first time, and once it stops. */
  isReady(): boolean {
    return this.loaded && !this.quitting && this.ended === undefined;
  }

  inForce(): Configuration {
    return this.keeper.configuration;
  }

  mountPanel(web: HttpHost, token: string): void {
    this.panel.mount(web, request => peerOfWeb(request, token));
    this.workshop.mountBoard(web, token);
  }

  /** The environment, and what the workspace's `.env` file adds to it. */
  environment(): ReturnType<WorkshopHost['environment']> {
    return this.keeper.variables;
  }

  /** The folder of the built programs. */
  get programs(): string {
    return this.options.programs;
  }

  /** Connectors that are connected. */
  connectorNames(): string[] {
    return this.connectors.names;
  }

  /** Where the bot's web server listens, when it does, and what a caller must know. */
  webAddress(): ReturnType<WorkshopHost['webAddress']> {
    const { token } = this.keeper.configuration.values.web;
    const { url } = this.site.server;
    return url === undefined ? undefined : { url, ...(token !== undefined && { token }) };
  }

  /** Reads the configuration and the skills again, as far as their files changed. */
  sync(): Promise<void> {
    return this.configured.sync();
  }

  /** Someone told the bot to stop: it does so once what was said is delivered. */
  async quit(): Promise<void> {
    this.quitting = true;
    await this.engine.whenIdle();
    await this.end('someone told it to quit');
  }

  /** Ends the bot and everything that belongs to it. */
  stop(reason: string): Promise<void> {
    this.ended ??= this.close(reason);
    return this.ended;
  }

  expectSkills(): void {
    this.runtime.warmUp();
  }

  private async begin(): Promise<void> {
    this.configured.configureLog();
    const log = this.log.part('bot');
    this.local.route('/identity', (_, response) => sendJson(response, 200, this.identity()));
    // Whoever opens a websocket counts as there; this one is for those who only want that.
    this.local.socketRoute('/presence', () => undefined);
    this.local.server.on('upgrade', (_, socket) => {
      const leave = this.presence?.enter();
      socket.on('close', () => leave?.());
    });
    this.panel.mount(this.local, request => peerOfLocalSocket(request, this.endpoint?.token));
    await this.panel.connect();
    this.engine.addConnector(this.panel);
    this.engine.registry.changed.on(event => {
      this.notices.changes(event);
      this.configured.skillsChanged();
    });
    this.endpoint = await this.place.claim(this.local.server, this.identity());
    log.info(`ChatOps ${this.version} in ${this.workspace}, configured by ${this.keeper.name}`);
    if (this.journal instanceof FileJournal && this.journal.damage) {
      log.problem(this.journal.damage);
    }
    if (this.keeper.configuration.skills.length > 0) {
      this.expectSkills();
    }
    await this.configured.apply('start');
    this.loaded = true;
    this.keeper.changed.on(({ isFirst }) => void this.configured.fileChanged(isFirst));
    this.markStarted();
    this.engine.resume();
    await this.engine.scheduler.start();
    await this.announceStart();
    await this.workshop.resume().catch(error => log.problem(toErrorRecord(error)));
    log.info(`ready, with ${this.engine.registry.list().length} skills`);
  }

  /** opsdroid's `OpsdroidStarted`, for the skills that wait for it. */
  private async announceStart(): Promise<void> {
    const { registry, bot } = this.engine;
    const isAwaited =
      registry.matchersOf('always').length > 0 ||
      registry.matchersOf('event').some(({ record }) => record.event === 'BotStarted');
    if (isAwaited) {
      const event = { type: 'BotStarted', data: {} };
      await this.engine.fire({ connector: '', room: '', user: bot, text: '', event });
    }
  }

  private identity(): Omit<Endpoint, 'socket' | 'host' | 'port' | 'token'> {
    const { workspace, version } = this;
    return { workspace, version, pid: process.pid, managed: this.options.managed ?? false };
  }

  private async end(reason: string): Promise<void> {
    await this.stop(reason);
    this.options.onEnd?.();
  }

  private async close(reason: string): Promise<void> {
    this.log.part('bot').info(`stopping: ${reason}`);
    this.presence?.stop();
    this.engine.stop();
    this.parsers.close();
    await this.keeper.close();
    await this.workshop.close();
    await this.skills.close();
    await this.connectors.close();
    await this.site.server.close();
    await this.panel.disconnect();
    await this.runtime.stop();
    await this.memory.close();
    await this.local.close();
    this.place.release();
    await this.journal.close();
    this.log.close();
  }
}
