import type { Engine, Journal } from '../../engine';
import { chatOpsError, type ErrorRecord } from '../../protocol';
import type { Configuration, WebConfig } from '../config';
import type { BotLog } from '../logging';
import type { HttpHost } from '../server';
import { Figures } from './figures';
import { ownToken } from './own-token';
import { mountPages } from './web-pages';
import { WebServer } from './web-server';

/** What the bot's site needs of the bot. */
export interface SiteHost {
  readonly version: string;
  readonly workspace: string;
  readonly engine: Engine;
  readonly journal: Journal;
  readonly log: BotLog;
  /** What is in force. */
  inForce(): Configuration;
  /** The connectors that are connected. */
  connectorNames(): string[];
  /** False until the skills have been loaded for the first time, and once it stops. */
  isReady(): boolean;
  /** Lets the chat panel in for those who know the token. */
  mountPanel(web: HttpHost, token: string): void;
}

/** What the bot shows on the web: when it is there, what is on it, and what is wrong with it. */
export class WebSite {
  readonly server: WebServer;

  private readonly figures: Figures;
  private told: string | undefined;

  constructor(private readonly host: SiteHost) {
    this.server = new WebServer((web, config) => this.mount(web, config));
    this.figures = new Figures({
      version: host.version,
      engine: host.engine,
      journal: host.journal,
      connectors: () => this.connectorStates(),
      databases: () => this.values.databases.filter(({ enabled }) => enabled).length
    });
  }

  /** True when the configuration speaks of a web server, or a skill waits for webhooks. */
  get isNeeded(): boolean {
    const { engine } = this.host;
    return this.host.inForce().has('web') || engine.registry.matchersOf('webhook').length > 0;
  }

  /** What is wrong with it. */
  problems(): ErrorRecord[] {
    const { problem } = this.server;
    return [...(problem ? [problem] : []), ...this.webhooksWithoutSecret()];
  }

  /** Writes to the log where it listens, when that is news. */
  tell(): void {
    const { url } = this.server;
    if (url !== this.told) {
      this.told = url;
      this.host.log.part('web').info(url === undefined ? 'closed' : `listening on ${url}`);
    }
  }

  private get values(): Configuration['values'] {
    return this.host.inForce().values;
  }

  private mount(web: HttpHost, config: WebConfig): void {
    const { token, 'webhook-token': webhookToken } = config;
    if (token !== undefined) {
      this.host.mountPanel(web, token);
    }
    const { engine, workspace } = this.host;
    const hasToken = token !== undefined || webhookToken !== undefined;
    mountPages(
      web,
      {
        engine,
        figures: this.figures,
        isReady: () => this.host.isReady(),
        secretOf: (skill, option) => this.secretOf(skill, option)
      },
      config,
      hasToken ? undefined : ownToken(workspace)
    );
  }

  private secretOf(skill: string, option: string): string | undefined {
    const section = this.host.inForce().skills.find(({ name }) => name === skill);
    const secret = section?.[option];
    return (typeof secret === 'string' || typeof secret === 'number') && secret !== ''
      ? String(secret)
      : undefined;
  }

  private webhooksWithoutSecret(): ErrorRecord[] {
    return this.host.engine.registry.matchersOf('webhook').flatMap(({ skill, record }) => {
      const { signature, path, where } = record;
      if (signature === undefined || this.secretOf(skill, signature.secret) !== undefined) {
        return [];
      }
      const parameters = { path: `/skill/${skill}/${path}`, name: skill, option: signature.secret };
      return [chatOpsError('CHATOPS_WEBHOOK_SECRET', parameters, where && { where }).record];
    });
  }

  private connectorStates(): { name: string; connected: boolean }[] {
    const connected = new Set(this.host.connectorNames());
    return this.values.connectors
      .filter(({ enabled }) => enabled)
      .map(({ name }) => ({ name, connected: connected.has(name) }));
  }
}
