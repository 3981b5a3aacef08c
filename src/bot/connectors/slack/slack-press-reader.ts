import * as z from 'zod';
import type { Pressed } from './slack-blocks';
import { actionsSchema } from './slack-payload';
import { threadOf, type SlackRead, type SlackSurroundings } from './slack-surroundings';

/** The buttons that are pressed in Slack. */
export class SlackPressReader {
  constructor(private readonly parts: SlackSurroundings) {}

  /** One event for each button; none for what is no button of the bot. */
  async read(payload: unknown): Promise<SlackRead[]> {
    const { data } = actionsSchema.safeParse(payload);
    if (!data) {
      return [];
    }
    const { channel, message } = data;
    const user = await this.parts.directory.user(data.user.id);
    return data.actions.map(({ action_id: action, action_ts: time = '', value = '' }) => {
      const pressed = action.startsWith('chatops:') ? readPressed(value) : undefined;
      if (!pressed) {
        return undefined;
      }
      const target = this.pressedMessage(pressed, channel.id, message.ts);
      return {
        id: ['press', channel.id, message.ts, user.id, action, time].join(':'),
        room: channel.id,
        user,
        text: pressed.value,
        event: {
          type: 'Press',
          data: { block: pressed.block, value: pressed.value },
          ...(target !== undefined && { target })
        },
        ...threadOf(this.parts, [channel.id, message.ts], message.thread_ts)
      };
    });
  }

  /** The message of a button, which an earlier process may have sent. */
  private pressedMessage({ seq, block }: Pressed, channel: string, ts: string): number | undefined {
    const { book } = this.parts;
    const blocks = book.message(seq)?.blocks ?? [];
    if (!blocks.some(each => each.type === 'buttons' && each.id === block)) {
      return undefined;
    }
    if (!book.placeOf(seq)?.posts.includes(ts)) {
      book.note(seq, { channel, posts: [ts] });
    }
    return seq;
  }
}

function readPressed(value: string): Pressed | undefined {
  try {
    return z
      .object({ seq: z.int(), block: z.string(), value: z.string() })
      .safeParse(JSON.parse(value)).data;
  } catch {
    return undefined;
  }
}
