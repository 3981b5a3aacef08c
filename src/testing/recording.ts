import { textOfBlocks } from '../engine';
import type { Block } from '../protocol';
import type { RecordedMessage, RecordingOptions } from './api';

/** The room and connector that a test means when it names none. */
const DEFAULT_ROOM = 'general';

/** Longer than this a test lets pass by hand, in milliseconds, where the bot spoke by itself. */
const SHORTEST_WAIT = 1000;

/**
 * A recorded conversation as the source of a test: what people said and pressed, each with the
 * answers that came. Messages of the bot about itself are left out.
 *
 * @param history - the messages of one or more rooms, in any order.
 *
 * @example
 * ```ts
 * await writeFile('hello.test.ts', recordingToTest(messages, { skills: ['skills/hello'] }));
 * ```
 */
export function recordingToTest(
  history: readonly RecordedMessage[],
  { name = 'a recorded conversation', skills, framework = 'node:test' }: RecordingOptions = {}
): string {
  const messages = history
    .filter(({ notice }) => notice !== 'info')
    .toSorted((a, b) => a.seq - b.seq);
  const needed = skills ?? [...new Set(messages.flatMap(({ skill }) => skill ?? []))];
  const body = new Recorder(messages).lines();
  return [
    `import { test } from ${quote(framework)};`,
    `import { testBot } from 'chatops/testing';`,
    ...(body.some(line => line.includes('new events.'))
      ? [`import { events } from 'chatops';`]
      : []),
    '',
    `test(${quote(name)}, async () => {`,
    `  const chat = testBot({ skills: [${needed.map(quote).join(', ')}] });`,
    ...body.map(line => `  ${line}`),
    `  await chat.close();`,
    '});',
    ''
  ].join('\n');
}

class Recorder {
  private readonly written: string[] = [];
  private readonly names: ReadonlyMap<string, string>;
  private answers: RecordedMessage[] = [];
  private time: number | undefined;

  constructor(private readonly messages: readonly RecordedMessage[]) {
    this.names = namesOf(messages);
  }

  lines(): string[] {
    for (const message of this.messages) {
      if (message.user.bot && message.event === undefined) {
        this.hear(message);
      } else if (message.room !== '') {
        this.expect();
        this.act(message);
      }
      if (message.room !== '') {
        this.time = message.time;
      }
    }
    this.expect();
    return this.written;
  }

  /** The bot says something; if nobody had asked, time has passed. */
  private hear(message: RecordedMessage): void {
    const waited = message.time - (this.time ?? message.time);
    if (message.answers === undefined && waited >= SHORTEST_WAIT) {
      this.expect();
      this.written.push(`await chat.clock.advance(${quote(durationWords(waited))});`);
    }
    if (!message.deleted) {
      this.answers.push(message);
    }
  }

  private expect(): void {
    if (this.answers.length > 0) {
      const texts = this.answers.map(answer => quote(firstText(answer)));
      const isOne = texts.length === 1;
      this.written.push(
        isOne
          ? `chat.expectReply(${texts[0]});`
          : `chat.expectReplies([\n    ${texts.join(',\n    ')}\n  ]);`
      );
    } else if (this.written.at(-1)?.startsWith('await chat.user')) {
      this.written.push('chat.expectNoReply();');
    }
    this.answers = [];
  }

  private act(message: RecordedMessage): void {
    const { text, event, room, user } = message;
    const name = this.names.get(user.id)!;
    const isPlain = room === DEFAULT_ROOM;
    const who =
      `chat.user(${quote(name)}${name === user.id ? '' : `, { id: ${quote(user.id)} }`})` +
      (isPlain ? '' : `.in(${quote(room)})`);
    const does = (what: string): void => {
      this.written.push(`await ${who}.${what};`);
    };
    switch (event?.type ?? 'Message') {
      case 'Message':
      case 'Reply':
        does(`says(${quote(text)})`);
        break;
      case 'Press':
        does(`presses(${quote(text)})`);
        break;
      case 'Reaction':
        if (event!.data.active !== false) {
          does(`reacts(${quote(String(event!.data.emoji))})`);
        }
        break;
      case 'EditedMessage':
        does(`edits(${quote(text)})`);
        break;
      default:
        if (/^[A-Z]\w*$/.test(event!.type) && event!.target === undefined) {
          does(`does(new events.${event!.type}(${dataWords(event!.data)}))`);
        }
    }
  }
}

/** What a message said at first: a question that was answered since still offers its answers. */
function firstText({ text, blocks = [] }: RecordedMessage): string {
  const isAnswered = blocks.some(block => block.type === 'buttons' && 'answer' in block);
  return isAnswered
    ? textOfBlocks(
        (blocks as readonly Block[]).map(block =>
          block.type === 'buttons' ? { ...block, answer: undefined } : block
        )
      )
    : text;
}

/** What each person is called; two who are called the same keep their ids as names. */
function namesOf(messages: readonly RecordedMessage[]): Map<string, string> {
  const names = new Map<string, string>();
  for (const { user } of messages) {
    const isTaken = [...names].some(([id, name]) => name === user.name && id !== user.id);
    names.set(user.id, names.get(user.id) ?? (isTaken ? user.id : user.name));
  }
  return names;
}

function dataWords(data: Readonly<Record<string, unknown>>): string {
  return Object.keys(data).length === 0 ? '' : JSON.stringify(data);
}

/** Whole minutes where they are meant, so that a schedule is met. */
function durationWords(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds % 60 === 0
    ? `${seconds / 60} minute${seconds === 60 ? '' : 's'}`
    : `${seconds} second${seconds === 1 ? '' : 's'}`;
}

/** A text as TypeScript, in single quotes as one would write it by hand. */
function quote(text: string): string {
  return `'${JSON.stringify(text)
    .slice(1, -1)
    .replaceAll(String.raw`\"`, '"')
    .replaceAll("'", String.raw`\'`)}'`
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`);
}
