import { systemClock, type Connector, type Incoming, type Journal } from '../../engine';
import { connectorSettings } from './connector-settings';
import { readOptions, type ConnectorConfig } from '../config';
import type { BotLog } from '../logging';
import type { HttpHost } from '../server';
import { localUser, ShellConnector, type Terminal } from './shell';
import { slackSchema } from './slack';
import { WebsocketConnector, websocketSchema } from './websocket';

/** A kind of connector that may be configured. */
export interface ConnectorKind {
  /** True when it needs the bot's web server. */
  needsWeb: boolean;
  /** Makes one from its section; nothing when it has no place in this process. */
  create(section: ConnectorConfig, web: HttpHost): Promise<Connector> | Connector | undefined;
}

/** What connectors need of the bot. */
export interface ConnectorHost {
  receive(message: Incoming): Promise<unknown>;
  /** Resolves when every message has been handled. */
  whenIdle(): Promise<void>;
  /** The terminal of this process, if it has one to talk in. */
  terminal: Terminal | undefined;
  /** The person at the terminal has left. */
  onLeave(): void;
  /** Where connectors look up which message is meant. */
  journal: Pick<Journal, 'get' | 'find'>;
  log: Pick<BotLog, 'part'>;
}

/** Every kind of connector, by the name the configuration gives it. */
export function connectorKinds(host: ConnectorHost): ReadonlyMap<string, ConnectorKind> {
  const { receive, whenIdle, terminal, onLeave, journal, log } = host;
  return new Map<string, ConnectorKind>([
    [
      'shell',
      {
        needsWeb: false,
        create: section =>
          terminal &&
          new ShellConnector(connectorSettings(section), {
            terminal,
            user: localUser(),
            receive,
            whenIdle,
            onLeave
          })
      }
    ],
    [
      'slack',
      {
        needsWeb: false,
        create: async section => {
          // The largest of the connectors, which most bots do without.
          const { SlackConnector } = await import('./slack');
          return new SlackConnector(connectorSettings(section), readOptions(slackSchema, section), {
            clock: systemClock,
            random: Math.random,
            journal,
            log: log.part('slack'),
            username: section['bot-name'],
            receive
          });
        }
      }
    ],
    [
      'websocket',
      {
        needsWeb: true,
        create: (section, web) =>
          new WebsocketConnector(
            connectorSettings(section),
            readOptions(websocketSchema, section),
            {
              web,
              clock: systemClock,
              receive
            }
          )
      }
    ]
  ]);
}
