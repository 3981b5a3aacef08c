import type { WebSocket } from 'ws';
import { systemClock, type Incoming, type Place } from '../../../engine';
import {
  chatOpsError,
  closeCode,
  DEFAULT_ROOM,
  decodeClientFrame,
  encodeFrame,
  PROTOCOL_VERSION,
  toErrorRecord,
  type ChatEvent,
  type ChatMessage,
  type ClientFrame,
  type ClientFrameOf,
  type ServerFrame,
  type ServerFrameOf,
  type User
} from '../../../protocol';
import { LiveSkills } from '../../live-handlers';
import { PANEL, type PanelHost } from './panel-host';

/** Who a connection speaks for, and what it may do. */
export interface Peer {
  user: User;
  /** May speak as others: a tool on this machine, not a browser. */
  trusted: boolean;
  /** What it must say in its hello, where the connection itself proves nothing. */
  token?: string;
}

/** How many messages of a room are sent to a client that has none. */
const FIRST_PAGE = 50;

/** How long a client may take to say hello, in milliseconds. */
const HELLO_TIMEOUT = 10_000;

/** A client that has so much unread is let go; it comes back and continues where it was. */
const MOST_UNSENT = 16 * 1024 * 1024;

/** A room a client follows. While its older messages are being sent, new ones wait. */
interface Followed {
  last: number;
  waiting: (ChatMessage | UpdateFrame)[] | undefined;
}

type UpdateFrame = ServerFrameOf<'update'>;

/** One client of the panel's protocol. */
export class PanelSession {
  private readonly rooms = new Map<string, Followed>();
  /** True once the client has asked how far the workshop is. */
  followsWorkshop = false;
  private greeted = false;
  private user: User;
  /** Handlers that the client runs. */
  private readonly live: LiveSkills;
  private readonly timer: ReturnType<typeof setTimeout>;

  constructor(
    private readonly socket: WebSocket,
    private readonly peer: Peer,
    private readonly host: PanelHost,
    private readonly onTyping: (room: string, user: User, active: boolean) => void
  ) {
    this.user = peer.user;
    this.live = new LiveSkills(host.engine, systemClock, frame => this.send(frame));
    this.timer = setTimeout(() => this.refuse('nothing'), HELLO_TIMEOUT);
    socket.on('message', data => void this.take(String(data)));
    socket.on('close', () => {
      clearTimeout(this.timer);
      this.live.close();
    });
  }

  /** Sends a frame, to a client that has been greeted. */
  send(frame: ServerFrame): void {
    if (!this.greeted) {
      return;
    }
    this.transmit(frame);
    if (this.socket.bufferedAmount > MOST_UNSENT) {
      this.socket.close(closeCode.tooSlow, 'too slow');
    }
  }

  /** Shows a message, if the client follows its room. */
  show(message: ChatMessage): void {
    const room = this.rooms.get(message.room);
    if (room?.waiting) {
      room.waiting.push(message);
    } else if (room && message.seq > room.last) {
      room.last = message.seq;
      this.send({ type: 'message', message });
    }
  }

  /** Shows that a message changed, if the client follows its room. */
  showChange(frame: UpdateFrame): void {
    const room = this.rooms.get(frame.room);
    if (room?.waiting) {
      room.waiting.push(frame);
    } else if (room) {
      this.send(frame);
    }
  }

  follows(room: string): boolean {
    return this.rooms.has(room);
  }

  /** Says goodbye and ends the connection. */
  end(reason: 'quit' | 'ending'): void {
    this.send({ type: 'goodbye', reason });
    this.socket.close(closeCode.goingAway, 'the bot stops');
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
      await this.serve(frame);
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
    await this.host.started;
    const isSameJournal = frame.journal === this.host.journal.id;
    const rooms = frame.rooms ?? [{ room: DEFAULT_ROOM }];
    this.greeted = true;
    this.sendReady(rooms.map(({ room }) => room));
    for (const { room, after } of rooms) {
      await this.follow(room, isSameJournal ? after : undefined);
    }
  }

  private sendReady(rooms: string[]): void {
    const { name, version, workspace, engine, journal } = this.host;
    this.send({
      type: 'ready',
      protocol: PROTOCOL_VERSION,
      bot: { name, version },
      workspace,
      user: this.user,
      journal: journal.id,
      rooms: rooms.map(room => ({ room, last: journal.lastOf(placeOf(room)) })),
      generation: engine.registry.generation,
      skills: engine.registry.list(),
      warnings: this.host.warnings()
    });
  }

  private async serve(frame: ClientFrame): Promise<void> {
    switch (frame.type) {
      case 'hello':
        throw chatOpsError('CHATOPS_FRAME_INVALID', { reason: '`hello` was said before' });
      case 'say':
        await this.say(frame);
        break;
      case 'press':
        await this.press(frame);
        break;
      case 'react':
        await this.change(frame, {
          type: 'Reaction',
          data: { emoji: frame.emoji, active: frame.active }
        });
        break;
      case 'edit':
        await this.change(
          frame,
          { type: frame.text === undefined ? 'DeleteMessage' : 'EditedMessage', data: {} },
          frame.text
        );
        break;
      case 'follow': {
        const { room } = frame;
        await this.follow(room, frame.after);
        const last = this.host.journal.lastOf(placeOf(room));
        this.send({ type: 'followed', re: frame.id, room, last });
        break;
      }
      case 'typing':
        this.onTyping(frame.room, this.user, frame.active);
        break;
      case 'history': {
        const { room, before, limit = FIRST_PAGE } = frame;
        const page = await this.host.journal.history(placeOf(room), {
          limit,
          ...(before !== undefined && { before })
        });
        this.send({ type: 'history', re: frame.id, room, ...page });
        break;
      }
      case 'trace': {
        const trace = this.host.engine.trace(frame.seq);
        this.host.workshop.looked(trace.text);
        this.send({ type: 'trace', re: frame.id, trace });
        break;
      }
      case 'explain': {
        const { text, room, connector = PANEL, user = this.user } = frame;
        if ((frame.connector ?? frame.user) !== undefined && !this.peer.trusted) {
          throw chatOpsError('CHATOPS_NOT_ALLOWED', {
            action: 'ask for another person',
            advice: 'Ask on the machine of the bot: `chatops why "text" --user NAME`.'
          });
        }
        const trace = await this.host.engine.explain(text, { connector, room, user });
        this.host.workshop.looked(frame.text);
        this.send({ type: 'trace', re: frame.id, trace });
        break;
      }
      case 'skill.save': {
        const { change, file, configured } = await this.host.saveSkill(frame.name, frame.source);
        this.send({
          type: 'skill.saved',
          re: frame.id,
          change,
          ...(file !== undefined && { file }),
          configured
        });
        break;
      }
      case 'skill.reload': {
        const changes = await this.host.reloadSkills(frame.skills);
        this.send({ type: 'skill.reloaded', re: frame.id, changes });
        break;
      }
      case 'skill.hold': {
        const change = await this.host.holdSkill(frame.name, this.user.name);
        this.send({ type: 'skill.held', re: frame.id, change });
        break;
      }
      case 'skill.release': {
        const change = await this.host.releaseSkill(frame.name);
        this.send({ type: 'skill.released', re: frame.id, change });
        break;
      }
      case 'config.save': {
        const saved = await this.host.saveConfiguration(frame.source);
        this.send({ type: 'config.saved', re: frame.id, ...saved });
        break;
      }
      case 'logs':
        this.send({ type: 'logs', re: frame.id, lines: this.host.logTail(frame.lines ?? 100) });
        break;
      case 'live.put':
        this.mayRunHandlers();
        this.send(this.live.put(frame));
        break;
      case 'live.ask': {
        this.mayRunHandlers();
        const value = await this.live.ask(frame);
        this.send({ type: 'live.answer', re: frame.id, ...(value !== undefined && { value }) });
        break;
      }
      case 'live.remove':
        this.live.remove(frame.owners);
        this.send({ type: 'done', re: frame.id });
        break;
      case 'live.log':
        this.live.log(frame);
        this.send({ type: 'done', re: frame.id });
        break;
      case 'live.end':
        this.live.end(frame);
        this.send({ type: 'done', re: frame.id });
        break;
      case 'workshop.open': {
        const notebook = await this.host.workshop.open(frame.language);
        this.send({ type: 'workshop.opened', re: frame.id, notebook });
        break;
      }
      case 'workshop.state': {
        this.followsWorkshop = true;
        const state = await this.host.workshop.state(frame.language);
        this.send({ type: 'workshop.state', re: frame.id, state });
        break;
      }
      case 'workshop.report': {
        const learners = await this.host.workshop.learners();
        this.send({ type: 'workshop.report', re: frame.id, learners });
        break;
      }
      case 'workshop.do': {
        const state = await this.host.workshop.do(frame.action, frame.language);
        this.send({ type: 'workshop.state', re: frame.id, state });
        break;
      }
    }
  }

  /** @throws ChatOpsError `CHATOPS_NOT_ALLOWED` for what comes from a browser. */
  private mayRunHandlers(): void {
    if (!this.peer.trusted) {
      throw chatOpsError('CHATOPS_NOT_ALLOWED', {
        action: 'answer for the bot',
        advice: 'Handlers come from notebooks on the machine of the bot.'
      });
    }
  }

  private async say({ id, room, text, user, blocks, thread }: ClientFrameOf<'say'>): Promise<void> {
    if (user && !this.peer.trusted) {
      throw chatOpsError('CHATOPS_NOT_ALLOWED', {
        action: 'speak as another person',
        advice:
          'Speak as yourself, or test with other names from a notebook: `chat(text, { user })`.'
      });
    }
    const said: Incoming = {
      ...placeOf(room),
      id,
      text,
      user: user ? { id: `as:${user.name}`, name: user.name } : this.user,
      ...(blocks && { blocks }),
      ...(thread !== undefined && { thread })
    };
    await this.host.engine.receive(said, ({ message }) => {
      this.send({ type: 'ack', re: id, seq: message.seq, time: message.time });
      if (message.handled) {
        // Said again after a lost connection, and handled meanwhile.
        this.send({ type: 'handled', room, seq: message.seq, handled: message.handled });
      }
    });
  }

  private async press({ id, seq, block, value }: ClientFrameOf<'press'>): Promise<void> {
    const message = this.message(seq);
    const isThere = message.blocks?.some(
      candidate => candidate.type === 'buttons' && candidate.id === block
    );
    if (!isThere) {
      throw chatOpsError('CHATOPS_MESSAGE_UNKNOWN', { seq });
    }
    await this.change({ id, seq }, { type: 'Press', data: { block, value } }, value);
  }

  /** Something happens to a message: as an event, in its turn, with all that skills make of it. */
  private async change(
    { id, seq }: { id: string; seq: number },
    event: Omit<ChatEvent, 'target'>,
    text = ''
  ): Promise<void> {
    const { room } = this.message(seq);
    await this.host.engine.receive(
      { ...placeOf(room), id, text, user: this.user, event: { ...event, target: seq } },
      () => this.send({ type: 'done', re: id })
    );
  }

  /** @throws ChatOpsError `CHATOPS_MESSAGE_UNKNOWN` for what is not of this connector too. */
  private message(seq: number): ChatMessage {
    const message = this.host.journal.get(seq);
    if (message?.connector !== PANEL) {
      throw chatOpsError('CHATOPS_MESSAGE_UNKNOWN', { seq });
    }
    return message;
  }

  /** Sends what a client has not seen of a room, then keeps it up to date. */
  private async follow(room: string, after: number | undefined): Promise<void> {
    const { journal } = this.host;
    const followed: Followed = { last: after ?? 0, waiting: [] };
    this.rooms.set(room, followed);
    const place = placeOf(room);
    const known = after && (await journal.history(place, { before: after + 1, limit: FIRST_PAGE }));
    const { messages } = await journal.history(
      place,
      after === undefined ? { limit: FIRST_PAGE } : { after }
    );
    const missed = followed.waiting ?? [];
    followed.waiting = undefined;
    for (const message of known ? known.messages : []) {
      this.bringUpToDate(message);
    }
    messages.forEach(message => this.show(message));
    for (const item of missed) {
      if ('patch' in item) {
        this.send(item);
      } else {
        this.show(item);
      }
    }
  }

  /** A client that has a message may have missed what became of it. */
  private bringUpToDate(message: ChatMessage): void {
    const { room, seq, handled, changed } = message;
    if (changed !== undefined) {
      const { text, blocks, edited, deleted, pinned, reactions, streaming = false } = message;
      const patch = { text, blocks, edited, changed, deleted, pinned, reactions, streaming };
      this.send({ type: 'update', room, seq, patch });
    }
    if (handled) {
      this.send({ type: 'handled', room, seq, handled });
    }
  }

  private refuse(type: string): void {
    this.close(closeCode.refused, chatOpsError('CHATOPS_HELLO_EXPECTED', { type }));
  }

  private close(code: number, error: unknown): void {
    this.transmit({ type: 'error', error: toErrorRecord(error) });
    this.socket.close(code);
  }

  private transmit(frame: ServerFrame): void {
    if (this.socket.readyState === this.socket.OPEN) {
      this.socket.send(encodeFrame(this.host.secrets.maskAll(frame)));
    }
  }
}

function placeOf(room: string): Place {
  return { connector: PANEL, room };
}
