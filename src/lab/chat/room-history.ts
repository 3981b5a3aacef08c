import {
  toErrorRecord,
  type BotConnection,
  type ErrorRecord,
  type ServerFrameOf
} from '../../protocol';
import type { RoomModel } from './room-model';

/** How many older messages are asked for at once. */
const PAGE = 50;

/** Brings what was said in a room: what this page has missed, and older messages page by page. */
export class RoomHistory {
  private begun = false;

  /** @param onError - told why a room cannot be entered. */
  constructor(
    private readonly room: RoomModel,
    private readonly connection: BotConnection,
    private readonly onError: (error: ErrorRecord) => void
  ) {}

  /**
   * The bot is there.
   *
   * @param isLate - whether this room may have missed what the connection has heard.
   * @returns false where the bot was not asked for the room: it is now.
   */
  begin({ rooms, journal, user }: ServerFrameOf<'ready'>, isLate = this.begun): boolean {
    const { name } = this.room;
    const last = rooms.find(({ room }) => room === name)?.last;
    if (last === undefined) {
      void this.follow(journal, user.id);
      return false;
    }
    this.begun = true;
    this.room.begin(journal, last, user.id);
    // A message that this connection has seen is not sent again, also when this chat has it not or
    // not to its end: because it began later, or because the connection was lost meanwhile.
    if (this.room.isWaiting || (isLate && !this.room.state.loaded)) {
      void this.refresh();
    }
    return true;
  }

  /** A room that the bot was not asked for when the connection began. */
  private async follow(journal: string, self: string): Promise<void> {
    try {
      const last = await this.connection.follow(this.room.name);
      if (last !== undefined) {
        this.begun = true;
        this.room.begin(journal, last, self);
        await this.refresh();
      }
    } catch (error) {
      if (toErrorRecord(error).code !== 'CHATOPS_CONNECTION_LOST') {
        this.onError(toErrorRecord(error));
      }
    }
  }

  /** Asks for the newest messages as they stand now. */
  private async refresh(): Promise<void> {
    try {
      const { messages, more } = await this.connection.request<'history'>({
        type: 'history',
        room: this.room.name,
        limit: 2 * PAGE
      });
      const before = this.room.oldest;
      this.room.merge(messages);
      if (before === undefined) {
        this.room.setOlder(more ? 'some' : 'none');
      }
    } catch {
      // The connection was lost again; the next one asks again.
    }
  }

  /** Brings a page of older messages, if there are any. */
  async loadOlder(): Promise<void> {
    const { loaded, older } = this.room.state;
    if (!loaded || (older !== 'some' && older !== 'failed')) {
      return;
    }
    this.room.setOlder('loading');
    try {
      const before = this.room.oldest;
      const { messages, more } = await this.connection.request<'history'>({
        type: 'history',
        room: this.room.name,
        limit: PAGE,
        ...(before !== undefined && { before })
      });
      this.room.merge(messages);
      this.room.setOlder(more ? 'some' : 'none');
    } catch {
      this.room.setOlder('failed');
    }
  }
}
