import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Connector, Delays, Incoming } from '../../../engine';
import type { ChatMessage, User } from '../../../protocol';
import type { ConnectorSettings } from '../connector-settings';
import type { Terminal } from './terminal';

/** The room that a terminal is. */
export const SHELL_ROOM = 'shell';

/** What the connector needs around it. */
export interface ShellParts {
  terminal: Terminal;
  user: User;
  receive(message: Incoming): Promise<unknown>;
  /** Resolves when every message has been handled. */
  whenIdle(): Promise<void>;
  /** The person has left. */
  onLeave(): void;
}

/** A conversation with the bot in the terminal it was started in. */
export class ShellConnector implements Connector {
  readonly name = 'shell';
  readonly noticeRooms = [SHELL_ROOM];
  readonly defaultRoom: string;
  readonly delays: Delays | undefined;
  /** The system's account says who is at the terminal. */
  readonly identifies = true;

  constructor(
    { defaultRoom = SHELL_ROOM, delays }: ConnectorSettings,
    private readonly parts: ShellParts
  ) {
    this.defaultRoom = defaultRoom;
    this.delays = delays;
  }

  async connect(): Promise<void> {
    const { terminal, user, receive, whenIdle, onLeave } = this.parts;
    terminal.open(
      text => {
        receive({
          id: randomUUID(),
          connector: this.name,
          room: SHELL_ROOM,
          user,
          text,
          addressed: true
        }).catch((error: Error) => terminal.show(error.message));
      },
      // Piped input ends at once; what it asked for is still to be answered.
      () => void whenIdle().then(onLeave)
    );
  }

  async disconnect(): Promise<void> {
    this.parts.terminal.close();
  }

  deliver({ text }: ChatMessage): void {
    this.parts.terminal.show(text);
  }

  clear(): void {
    this.parts.terminal.clear();
  }
}

/**
 * The name of the person at this machine: the last of opsdroid's variables that is set, or the
 * system's account.
 */
export function localUser(environment: NodeJS.ProcessEnv = process.env): User {
  const name =
    ['LOGNAME', 'USER', 'LNAME', 'USERNAME']
      .map(variable => environment[variable])
      .findLast(Boolean) ?? userInfo().username;
  return { id: `local:${name}`, name };
}
