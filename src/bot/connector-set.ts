import type { Connector, Engine } from '../engine';
import { chatOpsError, didYouMean, toErrorRecord, type ErrorRecord } from '../protocol';
import type { Configuration, ConnectorConfig } from './config';
import type { ConnectorKind } from './connectors/connector-kinds';
import { HttpHost } from './server';
import type { WebServer } from './web';

interface Member {
  section: ConnectorConfig;
  connector: Connector;
}

/** The configured connectors, on the web server that some of them need. */
export class ConnectorSet {
  /** What keeps connectors from working. */
  problems: ErrorRecord[] = [];

  private readonly members = new Map<string, Member>();

  /**
   * @param kinds - what may be configured, by name.
   * @param web - opened when a connector needs it, or something else does.
   */
  constructor(
    private readonly engine: Engine,
    private readonly kinds: ReadonlyMap<string, ConnectorKind>,
    private readonly web: WebServer
  ) {}

  /** The connectors that are connected. */
  get names(): string[] {
    return [...this.members.keys()];
  }

  /**
   * Connects what is configured and disconnects what is not. What cannot start is noted in
   * {@link problems}.
   *
   * @param folder - what paths in the configuration are relative to.
   * @param needsWeb - whether something else than connectors needs the web server.
   */
  async configure(configuration: Configuration, folder: string, needsWeb: boolean): Promise<void> {
    this.problems = [];
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
          this.note(section.name, error, configuration);
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
    const connector = kind.create(section, this.web.host ?? new HttpHost());
    if (connector) {
      await connector.connect();
      this.members.set(name, { section, connector });
      this.engine.addConnector(connector);
    }
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

  private note(name: string, error: unknown, configuration: Configuration): void {
    const record = toErrorRecord(error);
    this.problems.push({ ...configuration.placeOf('connectors', name), ...record });
  }
}

function enabledIn(configuration: Configuration): ConnectorConfig[] {
  return configuration.values.connectors.filter(({ enabled }) => enabled);
}
