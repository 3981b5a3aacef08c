import type { Connector, Engine } from '../engine';
import { chatOpsError, didYouMean, toErrorRecord, type ErrorRecord } from '../protocol';
import type { Configuration, ConnectorConfig, WebConfig } from './config';
import type { ConnectorKind } from './connectors/connector-kinds';
import { HttpHost } from './server';

interface Member {
  section: ConnectorConfig;
  connector: Connector;
}

/** The configured connectors, and the web server that some of them need. */
export class ConnectorSet {
  /** What keeps connectors from working. */
  problems: ErrorRecord[] = [];

  private readonly members = new Map<string, Member>();
  private web: { host: HttpHost; config: WebConfig; port: number } | undefined;

  /**
   * @param kinds - what may be configured, by name.
   * @param onWeb - called with each new web server before it listens.
   */
  constructor(
    private readonly engine: Engine,
    private readonly kinds: ReadonlyMap<string, ConnectorKind>,
    private readonly onWeb: (web: HttpHost, config: WebConfig) => void
  ) {}

  /** The connectors that are connected. */
  get names(): string[] {
    return [...this.members.keys()];
  }

  /** The port of the web server, when there is one. */
  get port(): number | undefined {
    return this.web?.port;
  }

  /** Connects what is configured and disconnects what is not. What cannot start is noted in {@link problems}. */
  async configure(configuration: Configuration): Promise<void> {
    this.problems = [];
    const sections = configuration.values.connectors.filter(({ enabled }) => enabled);
    for (const [name, { section }] of this.members) {
      const now = sections.find(other => other.name === name);
      if (!now || JSON.stringify(now) !== JSON.stringify(section)) {
        await this.disconnect(name);
      }
    }
    await this.configureWeb(configuration, sections);
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

  async close(): Promise<void> {
    for (const name of this.members.keys()) {
      await this.disconnect(name);
    }
    await this.web?.host.close();
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
    if (kind.needsWeb && !this.web) {
      // Its web server could not start, which is noted already.
      return;
    }
    const connector = kind.create(section, this.web?.host ?? new HttpHost());
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

  private async configureWeb(
    configuration: Configuration,
    sections: ConnectorConfig[]
  ): Promise<void> {
    const config = configuration.values.web;
    const isNeeded =
      config.token !== undefined || sections.some(({ name }) => this.kinds.get(name)?.needsWeb);
    const isSame = this.web && JSON.stringify(this.web.config) === JSON.stringify(config);
    if (this.web && !(isNeeded && isSame)) {
      for (const { name } of sections.filter(({ name }) => this.kinds.get(name)?.needsWeb)) {
        await this.disconnect(name);
      }
      await this.web.host.close();
      this.web = undefined;
    }
    if (isNeeded && !this.web) {
      const host = new HttpHost();
      try {
        checkExposure(config);
        this.onWeb(host, config);
        const port = await host.listen(config.host, config.port);
        this.web = { host, config, port };
      } catch (error) {
        this.problems.push(toErrorRecord(error));
      }
    }
  }

  private note(name: string, error: unknown, configuration: Configuration): void {
    const record = toErrorRecord(error);
    this.problems.push({ ...configuration.placeOf('connectors', name), ...record });
  }
}

/** Beyond this machine nobody is let in without a token. */
function checkExposure({ host, token }: WebConfig): void {
  if (token === undefined && !['127.0.0.1', '::1', 'localhost'].includes(host)) {
    throw chatOpsError('CHATOPS_CONFIG_INVALID', {
      key: 'web.token',
      reason: `must be set, because \`web.host\` is ${host} and others can reach it`
    });
  }
}
