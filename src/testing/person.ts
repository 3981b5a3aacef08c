import { textEventTypes, type ChatMessage } from '../protocol';
import type { Memory, OutgoingEvent } from '../skill';
import type { Details, Person, Turn } from './api';
import { failure } from './report';

/** What a person needs of the bot they talk to. */
export interface PersonHost {
  /** What is said lately in a room, oldest first. */
  messagesOf(connector: string, room: string): ChatMessage[];
  act(by: ChatMessage['user'], place: { connector: string; room: string }, act: Act): Promise<Turn>;
  memoryOf(skill: string, userId: string): Memory;
}

/** Something a person does. */
export interface Act {
  text: string;
  event?: NonNullable<ChatMessage['event']>;
  thread?: number;
  entities?: NonNullable<ChatMessage['entities']>;
}

/** Someone in a room, by a connector. */
export class TestPerson implements Person {
  constructor(
    readonly name: string,
    readonly id: string,
    private readonly place: { connector: string; room: string },
    private readonly host: PersonHost
  ) {}

  in(room: string, connector = this.place.connector): Person {
    return new TestPerson(this.name, this.id, { connector, room }, this.host);
  }

  says(text: string, details: Details = {}): Promise<Turn> {
    return this.act({ text, ...toFields(details) });
  }

  presses(button: string): Promise<Turn> {
    const found = this.messages
      .toReversed()
      .flatMap(({ seq, blocks = [], deleted }) =>
        blocks.flatMap(block =>
          block.type === 'buttons' && !deleted
            ? block.buttons.map(each => ({ ...each, block: block.id, answer: block.answer, seq }))
            : []
        )
      );
    const wanted = found.filter(({ label, value }) => label === button || value === button);
    // One that was answered can still be pressed, as by someone who looks at an old page.
    const pressed = wanted.find(({ answer }) => !answer) ?? wanted[0];
    if (!pressed) {
      const labels = [...new Set(found.map(({ label }) => label))];
      throw failure(
        `${this.name} sees no button \`${button}\` in ${this.place.room}; ` +
          (labels.length > 0 ? `there are ${labels.join(', ')}.` : 'there are none.'),
        labels,
        button
      );
    }
    const { value, block, seq } = pressed;
    return this.act({
      text: value,
      event: { type: 'Press', data: { block, value }, target: seq }
    });
  }

  reacts(emoji: string, seq?: number): Promise<Turn> {
    const target = seq ?? this.newest(({ user }) => user.bot === true, 'of the bot').seq;
    return this.act({ text: '', event: { type: 'Reaction', data: { emoji }, target } });
  }

  edits(text: string, seq?: number): Promise<Turn> {
    const isOwn = ({ user, event }: ChatMessage): boolean =>
      user.id === this.id && (event === undefined || event.type === 'Reply');
    const target = seq ?? this.newest(isOwn, `of ${this.name}`).seq;
    return this.act({ text, event: { type: 'EditedMessage', data: {}, target } });
  }

  does({ type, data, text = '', target }: OutgoingEvent, details: Details = {}): Promise<Turn> {
    const isPlain = type === 'Message' && target === undefined;
    const event = { type, data: { ...data }, ...(target !== undefined && { target }) };
    return this.act({ text, ...(!isPlain && { event }), ...toFields(details) });
  }

  memory(skill: string): Memory {
    return this.host.memoryOf(skill, this.id);
  }

  private get messages(): ChatMessage[] {
    return this.host.messagesOf(this.place.connector, this.place.room);
  }

  private newest(isMeant: (message: ChatMessage) => boolean, whose: string): ChatMessage {
    const found = this.messages.findLast(
      message => isMeant(message) && (!message.event || textEventTypes.includes(message.event.type))
    );
    if (!found) {
      throw failure(`There is no message ${whose} in ${this.place.room}.`, undefined, whose);
    }
    return found;
  }

  private act(act: Act): Promise<Turn> {
    return this.host.act({ id: this.id, name: this.name }, this.place, act);
  }
}

function toFields({ thread, entities }: Details): Pick<Act, 'thread' | 'entities'> {
  const known = Object.entries(entities ?? {}).map(([name, value]) => [name, { value }] as const);
  return {
    ...(thread !== undefined && { thread }),
    ...(known.length > 0 && { entities: Object.fromEntries(known) })
  };
}
