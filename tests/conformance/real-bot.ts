import path from 'node:path';
import { Bot } from '../../src/bot/bot';
import type { ChatMessage } from '../../src/protocol';
import type { Stage } from './stage';

/** The built programs, which the bot's skill thread is one of. */
const PROGRAMS = path.resolve(import.meta.dirname, '../../dist');

/** A whole bot in a folder of its own, as `chatops start` starts it. */
export class RealBot {
  readonly said: ChatMessage[] = [];
  private count = 0;

  private constructor(
    readonly bot: Bot,
    readonly folder: string
  ) {
    bot.engine.speaker.messages.on(message => this.said.push(message));
  }

  static async start(stage: Stage, files: Readonly<Record<string, string>>): Promise<RealBot> {
    const folder = stage.folder(files);
    process.env.CHATOPS_RUNTIME_DIR = stage.folder();
    const bot = await Bot.start({ workspace: folder, programs: PROGRAMS, version: '1.2.3' });
    stage.onEnd(() => bot.stop('the case is over'));
    return new RealBot(bot, folder);
  }

  /** What the bot answers to something that is said in the panel. */
  async ask(text: string): Promise<string[]> {
    const { message } = await this.bot.engine.receive({
      id: `case-${++this.count}`,
      connector: 'panel',
      room: 'general',
      user: { id: 'user', name: 'user' },
      text
    });
    await this.bot.engine.whenIdle();
    return this.said.filter(({ answers }) => answers === message.seq).map(reply => reply.text);
  }

  /** Waits until a skill is in another version. */
  changed(skill: string): Promise<void> {
    return new Promise(resolve => {
      const stop = this.bot.engine.registry.changed.on(({ changes }) => {
        if (changes.some(change => change.skill === skill && change.kind === 'changed')) {
          stop();
          resolve();
        }
      });
    });
  }
}
