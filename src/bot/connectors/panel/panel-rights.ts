import { chatOpsError, directRoomOf, isDirectRoom, type User } from '../../../protocol';

/** Who a connection speaks for, and what it may do. */
export interface Peer {
  user: User;
  /** May speak as others: a tool on this machine, not a browser. */
  trusted: boolean;
  /** Nobody knows who it is: others may come from the same address. */
  anonymous?: boolean;
  /** What it must say in its hello, where the connection itself proves nothing. */
  token?: string;
}

/** What a client may do. */
export class PanelRights {
  /** @param speakAs - whether the configuration lets everyone speak as others. */
  constructor(
    private readonly peer: Peer,
    private readonly speakAs: () => boolean
  ) {}

  /** A tool on this machine, not a browser. */
  get isTrusted(): boolean {
    return this.peer.trusted;
  }

  /** The room between this person and the bot; nothing for someone whom nobody knows. */
  get directRoom(): string | undefined {
    return this.peer.anonymous ? undefined : directRoomOf(this.peer.user);
  }

  /** Whether it may speak in another person's name. */
  get maySpeakAs(): boolean {
    return this.peer.trusted || this.speakAs();
  }

  /** Whether a room is for this person: those that others have with the bot are not. */
  mayEnter(room: string): boolean {
    return !isDirectRoom(room) || room === this.directRoom;
  }

  /** @throws ChatOpsError `CHATOPS_NOT_ALLOWED`. */
  checkRoom(room: string): void {
    if (!this.mayEnter(room)) {
      throw chatOpsError('CHATOPS_NOT_ALLOWED', {
        action: 'enter this room',
        advice: 'It is between one person and the bot. Yours is named in the `ready` of the bot.'
      });
    }
  }
}
