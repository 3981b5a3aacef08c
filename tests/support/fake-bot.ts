import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import {
  chatOpsError,
  decodeClientFrame,
  encodeFrame,
  PROTOCOL_PATH,
  PROTOCOL_VERSION,
  type ChatMessage,
  type ClientFrame,
  type ServerFrame
} from '../../src/protocol';
import { temporaryFolder } from './temporary-folder';

/** What a fake bot does with a frame; answers by `send`. */
export type Behaviour = (
  frame: ClientFrame,
  bot: FakeBot,
  send: (frame: ServerFrame) => void
) => void;

/**
 * A bot that a test plays, behind a command line of its own: it speaks the protocol, keeps a journal
 * of what is said, and leaves everything else to the test.
 */
export class FakeBot {
  /** The folder the bot works in. */
  readonly folder = temporaryFolder();
  /** The file of a command line that knows `ensure` and nothing else. */
  readonly program = path.join(this.folder, 'chatops.cjs');
  /** Everything clients sent. */
  readonly frames: ClientFrame[] = [];
  /** What was said. */
  readonly journal: ChatMessage[] = [];
  /** How many times a client has said hello. */
  greetings = 0;

  private readonly socketFile = path.join(this.folder, 'bot.sock');
  private server: Server | undefined;
  private readonly sockets = new Set<WebSocket>();

  private constructor(private readonly behaviour: Behaviour) {
    writeFileSync(
      this.program,
      `const fs = require('node:fs');
       fs.appendFileSync(${JSON.stringify(this.callFile)}, '.');
       process.stdout.write(fs.readFileSync(${JSON.stringify(this.answerFile)}, 'utf8') + '\\n');
       process.exitCode = fs.existsSync(${JSON.stringify(this.socketFile)}) ? 0 : 1;`
    );
  }

  /** A bot that runs. */
  static async start(behaviour: Behaviour = () => undefined): Promise<FakeBot> {
    const bot = new FakeBot(behaviour);
    await bot.up();
    onTestFinished(() => bot.down());
    return bot;
  }

  /** How the command line is called. */
  get options(): { program: string; folder: string } {
    return { program: this.program, folder: this.folder };
  }

  /** Begins to listen. */
  async up(): Promise<void> {
    const server = createServer();
    this.server = server;
    new WebSocketServer({ server, path: PROTOCOL_PATH }).on('connection', socket => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
      socket.on('message', data => this.take(decodeClientFrame(String(data)), socket));
    });
    await new Promise<void>(resolve => server.listen(this.socketFile, resolve));
    this.answer({
      workspace: this.folder,
      pid: process.pid,
      version: '1.0.0',
      socket: this.socketFile
    });
  }

  /** Is gone at once, as if killed. */
  async down(): Promise<void> {
    this.sockets.forEach(socket => socket.terminate());
    const { server } = this;
    this.server = undefined;
    if (server) {
      await new Promise(resolve => server.close(resolve));
    }
  }

  /** What the command line answers from now on. */
  answer(answer: object): void {
    writeFileSync(this.answerFile, JSON.stringify(answer));
  }

  /** What the command line answers when the bot cannot start. */
  refuse(): void {
    const record = chatOpsError('CHATOPS_BOT_START', { reason: 'the test says so' }).record;
    this.answer({ error: record });
  }

  /** Puts a message into the journal and tells everyone. */
  tell(message: Partial<ChatMessage> & { text: string; room: string }): ChatMessage {
    const complete: ChatMessage = {
      seq: this.journal.length + 1,
      id: `message-${this.journal.length + 1}`,
      connector: 'panel',
      user: { id: 'bot', name: 'robo', bot: true },
      time: 0,
      ...message
    };
    this.journal.push(complete);
    this.broadcast({ type: 'message', message: complete });
    return complete;
  }

  broadcast(frame: ServerFrame): void {
    this.sockets.forEach(socket => socket.send(encodeFrame(frame)));
  }

  /** How often the command line was called. */
  get calls(): number {
    return existsSync(this.callFile) ? readFileSync(this.callFile, 'utf8').length : 0;
  }

  private get callFile(): string {
    return path.join(this.folder, 'calls');
  }

  private get answerFile(): string {
    return path.join(this.folder, 'answer.json');
  }

  private take(frame: ClientFrame, socket: WebSocket): void {
    const send = (answer: ServerFrame): void => socket.send(encodeFrame(answer));
    this.frames.push(frame);
    if (frame.type === 'hello') {
      this.greetings++;
      const rooms = frame.rooms ?? [];
      const last = (room: string): number => this.journal.findLast(m => m.room === room)?.seq ?? 0;
      send({
        type: 'ready',
        protocol: PROTOCOL_VERSION,
        bot: { name: 'robo', version: '1.0.0' },
        workspace: this.folder,
        user: { id: 'u', name: 'ada' },
        journal: 'j',
        rooms: rooms.map(({ room }) => ({ room, last: last(room) })),
        generation: 1,
        skills: [],
        warnings: []
      });
      for (const { room, after = 0 } of rooms) {
        this.journal
          .filter(message => message.room === room && message.seq > after)
          .forEach(message => send({ type: 'message', message }));
      }
    } else if (frame.type === 'follow') {
      send({ type: 'followed', re: frame.id, room: frame.room, last: 0 });
    } else if (frame.type === 'history') {
      const { id, room, before = Infinity, limit = 100 } = frame;
      const messages = this.journal.filter(m => m.room === room && m.seq < before).slice(-limit);
      send({ type: 'history', re: id, room, messages, more: false });
    } else {
      this.behaviour(frame, this, send);
    }
  }
}

/** Takes what is said, answers it once, and is done with it. */
export const echo: Behaviour = (frame, bot, send) => {
  if (frame.type === 'say') {
    const user = { id: 'u', name: frame.user?.name ?? 'ada' };
    const said = bot.tell({ id: frame.id, room: frame.room, text: frame.text, user });
    send({ type: 'ack', re: frame.id, seq: said.seq, time: 0 });
    bot.tell({
      room: frame.room,
      text: `you said ${frame.text}`,
      answers: said.seq,
      skill: 'echo'
    });
    const handled = { outcome: 'answered', skill: 'echo', duration: 1 } as const;
    said.handled = handled;
    send({ type: 'handled', room: frame.room, seq: said.seq, handled });
  }
};
