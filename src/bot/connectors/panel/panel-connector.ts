import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Capabilities, Connector, RegistryEvent } from '../../../engine';
import {
  blockTypes,
  DEFAULT_ROOM,
  encodeFrame,
  PROTOCOL_PATH,
  type ChatMessage,
  type MessagePatch,
  type ServerFrame,
  type User
} from '../../../protocol';
import { FrameLine, type HttpHost } from '../../server';
import { PANEL, type PanelHost } from './panel-host';
import type { Peer } from './panel-rights';
import { PanelSession } from './panel-session';
import { SkillNews } from './skill-news';

/** The chat panel's way in: sessions of the project's own protocol. Always there, never configured. */
export class PanelConnector implements Connector {
  readonly name = PANEL;
  readonly noticeRooms = [DEFAULT_ROOM];
  readonly defaultRoom = DEFAULT_ROOM;
  /** Jupyter's authentication, or the owner of the socket file, says who they are. */
  readonly identifies = true;
  readonly can: Capabilities = {
    blocks: new Set(blockTypes),
    events: new Set()
  };

  private readonly sessions = new Set<PanelSession>();
  private readonly stops: (() => void)[] = [];
  private readonly skillNews: SkillNews;

  constructor(private readonly host: PanelHost) {
    this.skillNews = new SkillNews(host.engine.registry);
  }

  /**
   * Takes clients on one more server.
   *
   * @param peerOf - who a connection speaks for.
   * @returns what ends that.
   */
  mount(web: HttpHost, peerOf: (request: IncomingMessage) => Peer): () => void {
    return web.socketRoute(PROTOCOL_PATH, (socket, request) =>
      this.welcome(socket, new FrameLine(socket, request.socket), peerOf(request))
    );
  }

  async connect(): Promise<void> {
    const { engine } = this.host;
    this.stops.push(
      // What people say is shown to everyone in the room, the speaker's other windows included.
      engine.speaker.messages.on(message => {
        if (message.connector === PANEL && !message.user.bot) {
          this.deliver(message);
        }
      }),
      engine.speaker.updates.on(({ message, patch }) => {
        if (message.connector === PANEL) {
          this.sendUpdate(message, patch);
        }
      }),
      engine.handled.on(({ message, handled }) => {
        if (message.connector === PANEL) {
          this.sendTo(message.room, {
            type: 'handled',
            room: message.room,
            seq: message.seq,
            handled
          });
        }
      }),
      this.host.workshop.changed.on(({ key, done }) => {
        for (const session of this.sessions) {
          if (session.followsWorkshop(key)) {
            session.send({ type: 'workshop.changed', ...(done !== undefined && { done }) });
          }
        }
      }),
      engine.registry.changed.on(event => this.tellOfSkills(event))
    );
  }

  async disconnect(): Promise<void> {
    this.stops.forEach(stop => stop());
    const reason = this.host.isQuitting ? 'quit' : 'ending';
    this.sessions.forEach(session => session.end(reason));
  }

  deliver(message: ChatMessage): void {
    for (const session of this.sessions) {
      session.show(message);
    }
  }

  update(): void {
    // Every change reaches the sessions as an event of the speaker, those by people included.
  }

  typing(room: string, active: boolean): void {
    this.showTyping(room, this.host.engine.bot, active);
  }

  clear(room: string): void {
    const seq = this.host.journal.lastOf({ connector: PANEL, room });
    this.sendTo(room, { type: 'clear', room, seq });
  }

  private welcome(socket: WebSocket, line: FrameLine, peer: Peer): void {
    const session: PanelSession = new PanelSession({ socket, line }, peer, this.host, {
      typing: (room, user, active) => this.showTyping(room, user, active, session),
      presence: room => this.showPresence(room)
    });
    this.sessions.add(session);
    socket.on('close', () => this.sessions.delete(session));
  }

  private showTyping(room: string, user: User, active: boolean, except?: PanelSession): void {
    this.sendTo(room, { type: 'typing', room, user, active }, except);
  }

  /** Tells a room who is there: each person once, however many windows they have. */
  private showPresence(room: string): void {
    const people = new Map<string, User>();
    for (const session of this.sessions) {
      const user = session.personIn(room);
      if (user) {
        people.set(user.id, user);
      }
    }
    this.sendTo(room, { type: 'presence', room, users: [...people.values()] });
  }

  private sendUpdate({ room, seq }: ChatMessage, patch: MessagePatch): void {
    for (const session of this.sessions) {
      session.showChange({ type: 'update', room, seq, patch });
    }
  }

  private sendTo(room: string, frame: ServerFrame, except?: PanelSession): void {
    for (const session of this.sessions) {
      if (session !== except && session.follows(room)) {
        session.send(frame);
      }
    }
  }

  /** There may be thousands of skills: only what changed is sent where that is enough, and each frame is written once. */
  private tellOfSkills(event: RegistryEvent): void {
    const difference = this.skillNews.difference(event);
    const part = once(() => this.encode(difference ?? this.skillNews.whole(event)));
    const whole = difference ? once(() => this.encode(this.skillNews.whole(event))) : part;
    for (const session of this.sessions) {
      session.sendText(session.keepsSkills ? part : whole);
    }
  }

  private encode(frame: ServerFrame): string {
    return encodeFrame(this.host.secrets.maskAll(frame));
  }
}

/** Works something out when it is asked for, and once. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
