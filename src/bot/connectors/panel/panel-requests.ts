import { systemClock, type Incoming } from '../../../engine';
import {
  chatOpsError,
  fingerprint,
  type ChatEvent,
  type ChatMessage,
  type ClientFrame,
  type ClientFrameOf,
  type ServerFrame,
  type User
} from '../../../protocol';
import { LiveSkills } from '../../live-handlers';
import { FIRST_PAGE, type FollowedRooms } from './followed-rooms';
import { PANEL, placeOf, type PanelHost } from './panel-host';
import type { PanelRights } from './panel-rights';

/** Told of what concerns others in a room. */
export interface PanelSessionEvents {
  typing(room: string, user: User, active: boolean): void;
  /** Someone came or left. */
  presence(room: string): void;
}

/** What requests are served with. */
export interface PanelRequestParts {
  host: PanelHost;
  rooms: FollowedRooms;
  rights: PanelRights;
  events: PanelSessionEvents;
  /** Who the connection speaks for. */
  user: () => User;
  send: (frame: ServerFrame) => void;
}

/** Serves what one client asks for. */
export class PanelRequests {
  /** Whose progress in the workshop the client follows, once it has asked for it. */
  workshop: { key: string | undefined } | undefined;

  private readonly host: PanelHost;
  /** The fingerprints of what the client has written to the files of skills, by their names. */
  private readonly saved = new Map<string, string>();
  private readonly rooms: FollowedRooms;
  private readonly rights: PanelRights;
  private readonly events: PanelSessionEvents;
  private readonly send: (frame: ServerFrame) => void;
  /** Handlers that the client runs. */
  private readonly live: LiveSkills;

  constructor(private readonly parts: PanelRequestParts) {
    ({
      host: this.host,
      rooms: this.rooms,
      rights: this.rights,
      events: this.events,
      send: this.send
    } = parts);
    this.live = new LiveSkills(this.host.engine, systemClock, this.send);
  }

  /** The client is gone, and its handlers with it. */
  close(): void {
    this.live.close();
  }

  private get user(): User {
    return this.parts.user();
  }

  /** Does what a frame asks for, and answers it. Rejects with what keeps it from that. */
  async serve(frame: ClientFrame): Promise<void> {
    if ('room' in frame) {
      this.rights.checkRoom(frame.room);
    }
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
        await this.rooms.follow(room, frame.after);
        this.events.presence(room);
        const last = this.host.journal.lastOf(placeOf(room));
        this.send({ type: 'followed', re: frame.id, room, last });
        break;
      }
      case 'unfollow':
        this.rooms.leave(frame.room);
        this.events.presence(frame.room);
        this.send({ type: 'done', re: frame.id });
        break;
      case 'rooms': {
        const rooms = this.host.journal
          .roomsOf(PANEL)
          .filter(({ room }) => this.rights.mayEnter(room));
        this.send({ type: 'rooms', re: frame.id, rooms });
        break;
      }
      case 'typing':
        this.events.typing(frame.room, this.user, frame.active);
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
        if (!this.rights.mayEnter(trace.room)) {
          throw chatOpsError('CHATOPS_MESSAGE_UNKNOWN', { seq: frame.seq });
        }
        this.host.workshop.looked(trace.text, this.user);
        this.send({ type: 'trace', re: frame.id, trace });
        break;
      }
      case 'explain': {
        const { text, room, connector = PANEL, user = this.user } = frame;
        if ((frame.connector ?? frame.user) !== undefined && !this.rights.isTrusted) {
          throw chatOpsError('CHATOPS_NOT_ALLOWED', {
            action: 'ask for another person',
            advice: 'Ask on the machine of the bot: `chatops why "text" --user NAME`.'
          });
        }
        const trace = await this.host.engine.explain(text, { connector, room, user });
        this.host.workshop.looked(frame.text, this.user);
        this.send({ type: 'trace', re: frame.id, trace });
        break;
      }
      case 'skill.save': {
        const { change, file, configured } = await this.saveSkill(frame);
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
        const notebook = await this.host.workshop.open(this.languageOf(frame), this.user);
        this.send({ type: 'workshop.opened', re: frame.id, notebook });
        break;
      }
      case 'workshop.state': {
        const language = this.languageOf(frame);
        this.workshop = { key: await this.host.workshop.keyOf(this.user, language) };
        const state = await this.host.workshop.state(language, this.user);
        this.send({ type: 'workshop.state', re: frame.id, state });
        break;
      }
      case 'workshop.report': {
        const learners = await this.host.workshop.learners();
        this.send({ type: 'workshop.report', re: frame.id, learners });
        break;
      }
      case 'workshop.do': {
        const { action } = frame;
        const state = await this.host.workshop.do(action, this.languageOf(frame), this.user);
        this.send({ type: 'workshop.state', re: frame.id, state });
        break;
      }
    }
  }

  /** Who types a command says which language they mean; a browser only knows what it is set to. */
  private languageOf({ language }: { language?: string | undefined }): string | undefined {
    return this.rights.isTrusted ? language : this.host.workshop.languageFor(language);
  }

  /** @throws ChatOpsError `CHATOPS_NOT_ALLOWED` for what comes from a browser. */
  private mayRunHandlers(): void {
    if (!this.rights.isTrusted) {
      throw chatOpsError('CHATOPS_NOT_ALLOWED', {
        action: 'answer for the bot',
        advice: 'Handlers come from notebooks on the machine of the bot.'
      });
    }
  }

  private async say({ id, room, text, user, blocks, thread }: ClientFrameOf<'say'>): Promise<void> {
    if (user && !this.rights.maySpeakAs) {
      throw chatOpsError('CHATOPS_NOT_ALLOWED', {
        action: 'speak as another person',
        advice:
          'Speak as yourself, test with other names from a notebook (`chat(text, { user })`), or allow it with `speak-as: true` under `panel` in the configuration.'
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

  private async saveSkill({
    name,
    source,
    base
  }: ClientFrameOf<'skill.save'>): ReturnType<PanelHost['saveSkill']> {
    // Of several cells with one skill that run one after the other, each overwrites the one before.
    const own = this.saved.get(name);
    const known = base === undefined ? undefined : [base, ...(own === undefined ? [] : [own])];
    const saved = await this.host.saveSkill(name, source, known);
    if (saved.file !== undefined) {
      this.saved.set(name, fingerprint(source));
    }
    return saved;
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
    if (message?.connector !== PANEL || !this.rights.mayEnter(message.room)) {
      throw chatOpsError('CHATOPS_MESSAGE_UNKNOWN', { seq });
    }
    return message;
  }
}
