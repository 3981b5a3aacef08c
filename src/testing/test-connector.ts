import type { Capabilities, Connector, Delays, Place } from '../engine';
import { blockTypes, eventTypes, type ChatEvent, type ChatMessage } from '../protocol';
import type { ConnectorOptions } from './api';

/** Something a connector has shown, as it stands now. */
export interface Shown {
  message: ChatMessage;
}

/** A connector that shows what it is given to whoever asks. */
export class TestConnector implements Connector {
  readonly name: string;
  readonly noticeRooms: readonly string[] = [];
  readonly defaultRoom: string;
  readonly identifies: boolean;
  readonly delays?: Delays;
  readonly can?: Capabilities;
  readonly update?: (message: ChatMessage) => void;
  readonly perform?: (event: ChatEvent, place: Place) => void;

  private readonly rooms: Readonly<Record<string, string>>;

  /**
   * @param shown - where it adds what it shows, in the order in which it is shown.
   */
  constructor(
    { name, shows = 'everything', defaultRoom, identifies, delays, rooms = {} }: ConnectorOptions,
    private readonly shown: Shown[]
  ) {
    this.name = name;
    this.defaultRoom = defaultRoom ?? 'general';
    this.identifies = identifies ?? true;
    this.rooms = rooms;
    if (delays) {
      this.delays = { thinking: delays.thinking ?? 0, typing: delays.typing ?? 0 };
    }
    if (shows === 'everything') {
      this.can = { blocks: new Set(blockTypes), events: new Set(eventTypes) };
      this.update = message => {
        const entry = shown.find(({ message: { seq } }) => seq === message.seq);
        if (entry) {
          entry.message = message;
        }
      };
      this.perform = () => undefined;
    }
  }

  async connect(): Promise<void> {}

  async disconnect(): Promise<void> {}

  deliver(message: ChatMessage): void {
    this.shown.push({ message });
  }

  lookupRoom(name: string): string | undefined {
    return this.rooms[name];
  }
}
