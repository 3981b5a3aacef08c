import type { WebSocket } from 'ws';
import {
  chatOpsError,
  closeCode,
  DEFAULT_ROOM,
  decodeClientFrame,
  encodeFrame,
  PROTOCOL_VERSION,
  toErrorRecord,
  type ChatMessage,
  type ClientFrame,
  type ServerFrame,
  type ServerFrameOf,
  type User
} from '../../../protocol';
import type { FrameLine } from '../../server';
import { FollowedRooms } from './followed-rooms';
import { placeOf, type PanelHost } from './panel-host';
import { PanelRequests, type PanelSessionEvents } from './panel-requests';
import { PanelRights, type Peer } from './panel-rights';

/** How long a client may take to say hello, in milliseconds. */
const HELLO_TIMEOUT = 10_000;

/** A client that has so much unread is let go; it comes back and continues where it was. */
const MOST_UNSENT = 16 * 1024 * 1024;

/** The name that chat panels go by in their hello: with one open, a person is there. */
const PANEL_CLIENT = 'panel';

/** What a notebook's kernel calls itself. */
const KERNEL_CLIENT = 'kernel';

/** One client of the panel's protocol. */
export class PanelSession {
  private readonly rooms: FollowedRooms;
  private readonly rights: PanelRights;
  private readonly requests: PanelRequests;
  private greeted = false;
  private user: User;
  private isPanel = false;
  private keepsSkillList = false;
  private readonly timer: ReturnType<typeof setTimeout>;

  private readonly line: FrameLine;

  constructor(
    { socket, line }: { socket: WebSocket; line: FrameLine },
    private readonly peer: Peer,
    private readonly host: PanelHost,
    private readonly events: PanelSessionEvents
  ) {
    this.line = line;
    this.user = peer.user;
    const send = (frame: ServerFrame): void => this.send(frame);
    this.rooms = new FollowedRooms(host.journal, send);
    this.rights = new PanelRights(peer, () => host.speakAs);
    this.requests = new PanelRequests({
      host,
      events,
      send,
      rooms: this.rooms,
      rights: this.rights,
      user: () => this.user
    });
    this.timer = setTimeout(() => this.refuse('nothing'), HELLO_TIMEOUT);
    socket.on('message', data => void this.take(String(data)));
    socket.on('close', () => {
      clearTimeout(this.timer);
      for (const room of this.rooms.names) {
        this.rooms.leave(room);
        this.events.presence(room);
      }
      this.requests.close();
    });
  }

  /** True for a client that need only be told what changed about the list of skills. */
  get keepsSkills(): boolean {
    return this.keepsSkillList;
  }

  /** Sends a frame, to a client that has been greeted. */
  send(frame: ServerFrame): void {
    this.sendText(() => this.encode(frame));
  }

  /** Sends a frame that is written once for all who get it. */
  sendText(text: () => string): void {
    if (!this.greeted) {
      return;
    }
    this.line.send(text());
    if (this.line.unsent > MOST_UNSENT) {
      this.line.close(closeCode.tooSlow, 'too slow');
    }
  }

  /** Whether the client has asked how far a learner is, by the name of their progress. */
  followsWorkshop(key: string | undefined): boolean {
    const { workshop } = this.requests;
    return workshop !== undefined && workshop.key === key;
  }

  /** Shows a message, if the client follows its room. */
  show(message: ChatMessage): void {
    this.rooms.show(message);
  }

  /** Shows that a message changed, if the client follows its room. */
  showChange(frame: ServerFrameOf<'update'>): void {
    this.rooms.showChange(frame);
  }

  follows(room: string): boolean {
    return this.rooms.has(room);
  }

  /** The person who has a room open in a chat panel, if one has. */
  personIn(room: string): User | undefined {
    return this.isPanel && this.follows(room) ? this.user : undefined;
  }

  /** Says goodbye and ends the connection. */
  end(reason: 'quit' | 'ending'): void {
    this.send({ type: 'goodbye', reason });
    this.line.close(closeCode.goingAway, 'the bot stops');
  }

  private async take(text: string): Promise<void> {
    let frame: ClientFrame;
    try {
      frame = decodeClientFrame(text);
    } catch (error) {
      // One bad frame is no reason to lose the conversation.
      this.transmit({ type: 'error', error: toErrorRecord(error) });
      return;
    }
    if (!this.greeted) {
      await this.greet(frame);
      return;
    }
    try {
      await this.requests.serve(frame);
    } catch (error) {
      this.send({
        type: 'error',
        ...('id' in frame && { re: frame.id }),
        error: toErrorRecord(error)
      });
    }
  }

  private async greet(frame: ClientFrame): Promise<void> {
    if (frame.type !== 'hello') {
      this.refuse(frame.type);
      return;
    }
    if (frame.protocol !== PROTOCOL_VERSION) {
      const versions = { client: frame.protocol, server: PROTOCOL_VERSION };
      this.close(closeCode.refused, chatOpsError('CHATOPS_PROTOCOL_VERSION', versions));
      return;
    }
    if (this.peer.token !== undefined && frame.token !== this.peer.token) {
      this.close(
        closeCode.notAllowed,
        chatOpsError('CHATOPS_NOT_ALLOWED', {
          action: 'talk to this bot',
          advice: 'Give the token that the bot was started with.'
        })
      );
      return;
    }
    clearTimeout(this.timer);
    this.user = { ...this.peer.user, ...(frame.user && { name: frame.user.name }) };
    this.isPanel = frame.client.name === PANEL_CLIENT;
    this.keepsSkillList = frame.keepsSkills === true;
    if (frame.client.name === KERNEL_CLIENT) {
      this.host.expectSkills();
    }
    await this.host.started;
    const isSameJournal = frame.journal === this.host.journal.id;
    const wanted = frame.rooms ?? [{ room: DEFAULT_ROOM }];
    const rooms = wanted.filter(({ room }) => this.rights.mayEnter(room));
    this.greeted = true;
    this.sendReady(rooms.map(({ room }) => room));
    for (const { room, after } of rooms) {
      await this.rooms.follow(room, isSameJournal ? after : undefined);
      this.events.presence(room);
    }
  }

  private sendReady(rooms: string[]): void {
    const { name, version, workspace, engine, journal } = this.host;
    const { directRoom, maySpeakAs } = this.rights;
    this.send({
      type: 'ready',
      protocol: PROTOCOL_VERSION,
      bot: { name, version },
      workspace,
      user: this.user,
      journal: journal.id,
      rooms: rooms.map(room => ({ room, last: journal.lastOf(placeOf(room)) })),
      ...(directRoom !== undefined && { direct: directRoom }),
      speakAs: maySpeakAs,
      generation: engine.registry.generation,
      skills: engine.registry.list(),
      warnings: this.host.warnings()
    });
  }

  private refuse(type: string): void {
    this.close(closeCode.refused, chatOpsError('CHATOPS_HELLO_EXPECTED', { type }));
  }

  private close(code: number, error: unknown): void {
    this.transmit({ type: 'error', error: toErrorRecord(error) });
    this.line.close(code);
  }

  private transmit(frame: ServerFrame): void {
    this.line.send(this.encode(frame));
  }

  private encode(frame: ServerFrame): string {
    return encodeFrame(this.host.secrets.maskAll(frame));
  }
}
