import { chatOpsError } from '../protocol';
import type { Media, OutgoingEvent, Part } from './api';
import { file, image, video } from './parts';

/** What may be said about an event besides what belongs to its kind. */
export interface EventDetails {
  text?: string;
  /** The `seq` of the message it is about. */
  target?: number;
}

/** Marks events, whichever copy of this module made them. */
const MARK = Symbol.for('chatops.event');

/** True for an event, made by this copy of the module or by another. */
export function isEvent(value: unknown): value is ChatEvent {
  return typeof value === 'object' && value !== null && MARK in value;
}

/**
 * Something that happens. Events of your own extend this class and go by its name.
 *
 * @example
 * ```ts
 * class Deployed extends ChatEvent<{ service: string }> {}
 *
 * await bot.fire(new Deployed({ service: 'web' }));
 * export const celebrate = matchEvent(Deployed, async (bot, config, message) => { … });
 * ```
 */
export class ChatEvent<D extends object = Record<string, unknown>> implements OutgoingEvent {
  /** The name of the kind of event; that of the class when absent. */
  static readonly type?: string;

  readonly data: Readonly<Record<string, unknown>>;
  readonly text?: string;
  readonly target?: number;
  /** Parts that go with it. */
  readonly parts?: readonly Part[];

  constructor(data?: D, { text, target }: EventDetails = {}) {
    this.data = { ...data };
    if (text !== undefined) {
      this.text = text;
    }
    if (target !== undefined) {
      this.target = target;
    }
  }

  /** The name of the kind of event. */
  get type(): string {
    return ChatEvent.typeOf(this.constructor) ?? 'ChatEvent';
  }

  /** The name that events of a class go by; nothing for what is no class. */
  static typeOf(value: unknown): string | undefined {
    return typeof value === 'function'
      ? ((value as typeof ChatEvent).type ?? value.name)
      : undefined;
  }
}

Object.defineProperty(ChatEvent.prototype, MARK, { value: true });

/** The events that connectors and skills agree on, by opsdroid's names. */
export const events = {
  Message: class extends ChatEvent {
    static override readonly type = 'Message';
    constructor(text: string) {
      super({}, { text });
    }
  },
  EditedMessage: class extends ChatEvent {
    static override readonly type = 'EditedMessage';
    constructor(text: string, target: number) {
      super({}, { text, target });
    }
  },
  Reply: class extends ChatEvent {
    static override readonly type = 'Reply';
    constructor(text: string, target: number) {
      super({}, { text, target });
    }
  },
  Typing: class extends ChatEvent<{ active: boolean }> {
    static override readonly type = 'Typing';
    constructor(active = true) {
      super({ active });
    }
  },
  Reaction: class extends ChatEvent<{ emoji: string }> {
    static override readonly type = 'Reaction';
    constructor(emoji: string, target: number) {
      super({ emoji }, { target });
    }
  },
  File: class extends ChatEvent {
    static override readonly type = 'File';
    override readonly parts: readonly Part[];
    constructor(media: Media) {
      super();
      this.parts = [file(media)];
    }
  },
  Image: class extends ChatEvent {
    static override readonly type = 'Image';
    override readonly parts: readonly Part[];
    constructor(media: Media & { alt?: string }) {
      super();
      this.parts = [image(media)];
    }
  },
  Video: class extends ChatEvent {
    static override readonly type = 'Video';
    override readonly parts: readonly Part[];
    constructor(media: Media) {
      super();
      this.parts = [video(media)];
    }
  },
  NewRoom: plain<{ name?: string } & Record<string, unknown>>('NewRoom'),
  RoomName: plain<{ name: string }>('RoomName'),
  RoomAddress: plain<{ address: string }>('RoomAddress'),
  RoomImage: plain<{ url: string }>('RoomImage'),
  RoomDescription: plain<{ description: string }>('RoomDescription'),
  JoinRoom: plain('JoinRoom'),
  LeaveRoom: plain('LeaveRoom'),
  JoinGroup: plain('JoinGroup'),
  LeaveGroup: plain('LeaveGroup'),
  UserInvite: plain<{ user: string }>('UserInvite'),
  UserRole: plain<{ user: string; role: string }>('UserRole'),
  BanUser: plain<{ user: string }>('BanUser'),
  PinMessage: aboutMessage('PinMessage'),
  UnpinMessage: aboutMessage('UnpinMessage'),
  DeleteMessage: aboutMessage('DeleteMessage'),
  BotStarted: plain('BotStarted')
} as const;

function plain<D extends object = Record<string, unknown>>(type: string) {
  return class extends ChatEvent<D> {
    static override readonly type: string = type;
  };
}

function aboutMessage(type: string) {
  return class extends ChatEvent {
    static override readonly type: string = type;
    constructor(target: number) {
      super({}, { target });
    }
  };
}

/** @throws ChatOpsError `CHATOPS_EVENT_INVALID` when something is no event. */
export function checkEvent(value: unknown): OutgoingEvent & { parts?: readonly Part[] } {
  const { type, data } = (value ?? {}) as Partial<OutgoingEvent>;
  if (typeof type !== 'string' || type === '' || typeof data !== 'object' || data === null) {
    throw chatOpsError('CHATOPS_EVENT_INVALID', { got: value === null ? 'null' : typeof value });
  }
  return value as OutgoingEvent;
}
