import { readFileSync } from 'node:fs';
import { chatOpsError, reasonOf, toErrorRecord, type ErrorRecord } from '../../protocol';
import { resolveFrom, type WebConfig } from '../config';
import { HttpHost, type HttpHostOptions } from '../server';
import { baseUrlOf, isLoopback } from './web-access';

interface Opened {
  host: HttpHost;
  /** What it was opened with, to see whether that changed. */
  key: string;
  port: number;
  url: string;
}

/** The bot's web server: there when it is needed, and as the configuration says. */
export class WebServer {
  /** Why there is none although one is needed. */
  problem: ErrorRecord | undefined;

  private opened: Opened | undefined;

  /** @param onOpen - called with each new server before it listens, to put its pages on it. */
  constructor(private readonly onOpen: (host: HttpHost, config: WebConfig) => void) {}

  /** The port that a configuration asks for. */
  static portOf({ port, ssl }: WebConfig): number {
    return port ?? (ssl ? 8443 : 8080);
  }

  /** The server that listens. */
  get host(): HttpHost | undefined {
    return this.opened?.host;
  }

  get port(): number | undefined {
    return this.opened?.port;
  }

  /** Its address on this machine, without a slash at the end. */
  get url(): string | undefined {
    return this.opened?.url;
  }

  /**
   * Opens the server, or closes it, or does both when what holds for it changed. What keeps it from
   * listening is noted in {@link problem}.
   *
   * @param needed - whether there shall be one.
   * @param folder - what paths in the configuration are relative to.
   * @param onClose - called before one is closed that was open.
   */
  async configure(
    config: WebConfig,
    needed: boolean,
    folder: string,
    onClose: () => Promise<void>
  ): Promise<void> {
    const key = JSON.stringify([config, folder]);
    if (this.opened && !(needed && this.opened.key === key)) {
      await onClose();
      await this.close();
    }
    this.problem = undefined;
    if (needed && !this.opened) {
      try {
        this.opened = { key, ...(await this.open(config, folder)) };
      } catch (error) {
        this.problem = toErrorRecord(error);
      }
    }
  }

  async close(): Promise<void> {
    const { opened } = this;
    this.opened = undefined;
    await opened?.host.close();
  }

  private async open(config: WebConfig, folder: string): Promise<Omit<Opened, 'key'>> {
    checkExposure(config);
    const ssl = config.ssl && readCertificate(config.ssl, folder);
    const base = baseUrlOf(config);
    const host = makeHost({
      ...(ssl && { ssl }),
      ...(base !== undefined && { basePath: new URL(base).pathname })
    });
    this.onOpen(host, config);
    const port = await host.listen(config.host, WebServer.portOf(config));
    const name = isEverywhere(config.host) ? 'localhost' : config.host;
    const authority = name.includes(':') ? `[${name}]` : name;
    return { host, port, url: `${ssl ? 'https' : 'http'}://${authority}:${port}` };
  }
}

/** Beyond this machine nobody is let in without a token. */
function checkExposure({ host, token, 'webhook-token': webhookToken }: WebConfig): void {
  if (token === undefined && webhookToken === undefined && !isLoopback(host)) {
    throw chatOpsError('CHATOPS_CONFIG_INVALID', {
      key: 'web.token',
      reason: `must be set, because \`web.host\` is ${host} and others can reach it`
    });
  }
}

/** Never without encryption where the configuration asks for it. */
function readCertificate(
  ssl: NonNullable<WebConfig['ssl']>,
  folder: string
): NonNullable<HttpHostOptions['ssl']> {
  const read = (key: 'cert' | 'key'): string => {
    const file = resolveFrom(folder, ssl[key]);
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw chatOpsError(
        'CHATOPS_WEB_CERTIFICATE',
        { file, reason: reasonOf(error) },
        { cause: error }
      );
    }
  };
  return { cert: read('cert'), key: read('key') };
}

function makeHost(options: HttpHostOptions): HttpHost {
  try {
    return new HttpHost(options);
  } catch (error) {
    throw chatOpsError(
      'CHATOPS_WEB_CERTIFICATE',
      { file: 'of `web.ssl`', reason: reasonOf(error) },
      { cause: error }
    );
  }
}

function isEverywhere(host: string): boolean {
  return host === '0.0.0.0' || host === '::' || host === '';
}
