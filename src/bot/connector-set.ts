import type { Clock, Connector, Engine } from '../engine';
import { backoff, chatOpsError, didYouMean, toErrorRecord, type ErrorRecord } from '../protocol';
import type { Configuration, ConnectorConfig } from './config';
import type { ConnectorKind } from './connectors/connector-kinds';
import { HttpHost } from './server';
import type { WebServer } from './web';

/** How long to wait before a connector tries again to reach its service, in milliseconds. */
const WAITS = { first: 2000, limit: 60_000 };

interface Member {
  section: ConnectorConfig;
  connector: Connector;
}

/** A connector whose service was not reached. */
interface Retry {
  section: ConnectorConfig;
  /** Where the configuration names it. */
  place: ReturnType<Configuration['placeOf']>;
  failures: number;
  timer: unknown;
}

/** What it takes to try again. */
export interface RetryParts {
  clock: Pick<Clock, 'setTimeout' | 'clearTimeout'>;
  /** A number from 0 up to and without 1. */
  random: () => number;
  /** Told when a connector is connected at last, or fails otherwise than before. */
  onChanged(): void;
}

/** The configured connectors, on the web server that some of them need. */
export class ConnectorSet {
  private readonly members = new Map<string, Member>();
  /** What keeps connectors from working, by their names. */
  private readonly found = new Map<string, ErrorRecord>();
  private readonly retries = new Map<string, Retry>();

  /**
   * @param kinds - what may be configured, by name.
   * @param web - opened when a connector needs it, or something else does.
   */
  constructor(
    private readonly engine: Engine,
    private readonly kinds: ReadonlyMap<string, ConnectorKind>,
    private readonly web: WebServer,
    private readonly again: RetryParts
  ) {}

  /** What keeps connectors from working. */
  get problems(): ErrorRecord[] {
    return [...this.found.values()];
  }

  /** The connectors that are connected. */
  get names(): string[] {
    return [...this.members.keys()];
  }

  /**
   * Connects what is configured and disconnects what is not. What cannot start is noted in
   * {@link problems}; what only does not reach its service tries again by itself.
   *
   * @param folder - what paths in the configuration are relative to.
   * @param needsWeb - whether something else than connectors needs the web server.
   */
  async configure(configuration: Configuration, folder: string, needsWeb: boolean): Promise<void> {
    this.found.clear();
    this.giveUp();
    const sections = enabledIn(configuration);
    for (const [name, { section }] of this.members) {
      const now = sections.find(other => other.name === name);
      if (!now || JSON.stringify(now) !== JSON.stringify(section)) {
        await this.disconnect(name);
      }
    }
    await this.configureWeb(configuration, folder, needsWeb);
    for (const section of sections) {
      if (!this.members.has(section.name)) {
        try {
          await this.connect(section);
        } catch (error) {
          const place = configuration.placeOf('connectors', section.name);
          this.fail({ section, place, failures: 1, timer: undefined }, error);
        }
      }
    }
  }

  /** Opens or closes the web server, with the connectors that live on it. */
  async configureWeb(
    configuration: Configuration,
    folder: string,
    needsWeb: boolean
  ): Promise<void> {
    const isNeeded = needsWeb || enabledIn(configuration).some(({ name }) => this.isOnWeb(name));
    await this.web.configure(configuration.values.web, isNeeded, folder, async () => {
      for (const name of [...this.members.keys()].filter(name => this.isOnWeb(name))) {
        await this.disconnect(name);
      }
    });
  }

  async close(): Promise<void> {
    this.giveUp();
    for (const name of this.members.keys()) {
      await this.disconnect(name);
    }
  }

  private async connect(section: ConnectorConfig): Promise<void> {
    const { name } = section;
    const kind = this.kinds.get(name);
    if (!kind) {
      const known = [...this.kinds.keys()];
      throw chatOpsError('CHATOPS_CONNECTOR_UNKNOWN', {
        name,
        suggestion: didYouMean(name, known),
        known: known.join(', ')
      });
    }
    if (kind.needsWeb && !this.web.host) {
      // Its web server could not start, which is noted already.
      return;
    }
    const connector = await this.create(kind, section);
    if (connector) {
      await connector.connect();
      this.add(section, connector);
    }
  }

  private async create(
    kind: ConnectorKind,
    section: ConnectorConfig
  ): Promise<Connector | undefined> {
    return kind.create(section, this.web.host ?? new HttpHost());
  }

  private add(section: ConnectorConfig, connector: Connector): void {
    this.members.set(section.name, { section, connector });
    this.engine.addConnector(connector);
  }

  /** Notes what keeps a connector away; what passes by itself is tried again. */
  private fail(retry: Retry, error: unknown): void {
    const { section, place } = retry;
    const record = toErrorRecord(error);
    this.found.set(section.name, { ...place, ...record });
    if (record.code !== 'CHATOPS_CONNECTOR_UNREACHABLE') {
      return;
    }
    const { clock, random } = this.again;
    this.retries.set(section.name, retry);
    retry.timer = clock.setTimeout(
      () => void this.retry(retry),
      backoff(retry.failures, { ...WAITS, random })
    );
  }

  private async retry(retry: Retry): Promise<void> {
    const { section } = retry;
    const { name } = section;
    const isWanted = (): boolean => this.retries.get(name) === retry;
    let connector: Connector;
    try {
      connector = (await this.create(this.kinds.get(name)!, section))!;
      await connector.connect();
    } catch (error) {
      if (isWanted()) {
        this.retries.delete(name);
        this.fail({ ...retry, failures: retry.failures + 1 }, error);
        this.again.onChanged();
      }
      return;
    }
    if (!isWanted()) {
      await connector.disconnect();
      return;
    }
    this.retries.delete(name);
    this.found.delete(name);
    this.add(section, connector);
    this.again.onChanged();
  }

  private giveUp(): void {
    this.retries.forEach(({ timer }) => this.again.clock.clearTimeout(timer));
    this.retries.clear();
  }

  private async disconnect(name: string): Promise<void> {
    const member = this.members.get(name);
    this.members.delete(name);
    this.engine.removeConnector(name);
    await member?.connector.disconnect();
  }

  private isOnWeb(name: string): boolean {
    return this.kinds.get(name)?.needsWeb ?? false;
  }
}

function enabledIn(configuration: Configuration): ConnectorConfig[] {
  return configuration.values.connectors.filter(({ enabled }) => enabled);
}
