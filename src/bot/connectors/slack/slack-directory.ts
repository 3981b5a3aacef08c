import * as z from 'zod';
import type { User } from '../../../protocol';
import type { PartLog } from '../../logging';
import type { SlackApi, SlackRefusal } from './slack-api';

const listSchema = z.looseObject({
  channels: z.array(z.looseObject({ id: z.string(), name: z.string().optional() })),
  response_metadata: z.looseObject({ next_cursor: z.string().optional() }).optional()
});

const roomSchema = z.looseObject({
  channel: z.looseObject({ id: z.string(), name: z.string().optional() })
});

const userSchema = z.looseObject({
  user: z.looseObject({
    name: z.string().optional(),
    real_name: z.string().optional(),
    profile: z
      .looseObject({ display_name: z.string().optional(), real_name: z.string().optional() })
      .optional()
  })
});

/** How many people's names are kept. */
const MOST_USERS = 5000;

/** The names of a workspace's channels and people. */
export class SlackDirectory {
  private rooms = new Map<string, string>();
  private readonly users = new Map<string, Promise<User>>();

  /** @param pageSize - how many channels are asked for at once. */
  constructor(
    private readonly api: SlackApi,
    private readonly pageSize: number,
    private readonly log: Pick<PartLog, 'warning'>
  ) {}

  /** Reads the names of the channels again. What an app may not see is left out. */
  async refresh(): Promise<void> {
    try {
      this.rooms = await this.list('public_channel,private_channel').catch(
        (error: SlackRefusal) => {
          if (error.code === 'missing_scope') {
            return this.list('public_channel');
          }
          throw error;
        }
      );
    } catch (error) {
      this.log.warning(`the names of channels are not known: ${(error as Error).message}`);
    }
    this.users.clear();
  }

  /** The id of a channel, by its name with or without `#`. */
  idOf(name: string): string | undefined {
    const plain = name.replace(/^#/, '');
    return [...this.rooms].find(([, other]) => other === plain)?.[0];
  }

  /** The name of a channel, without `#`. */
  nameOf(id: string): string | undefined {
    return this.rooms.get(id);
  }

  /** Notes what a channel is called. */
  learn(id: string, name: string): void {
    this.rooms.set(id, name);
  }

  /** Asks for the name of a channel that the bot came to. */
  async meet(id: string): Promise<void> {
    const found = await this.api.call('conversations.info', { channel: id }, roomSchema);
    if (found.channel.name !== undefined) {
      this.learn(id, found.channel.name);
    }
  }

  /** Who someone is; called by their id when Slack does not say at once. */
  user(id: string): Promise<User> {
    const known = this.users.get(id);
    if (known) {
      return known;
    }
    if (this.users.size >= MOST_USERS) {
      this.users.clear();
    }
    const asked = this.ask(id).catch((error: Error) => {
      this.users.delete(id);
      this.log.warning(`the name of ${id} is not known: ${error.message}`);
      return { id, name: id };
    });
    this.users.set(id, asked);
    return asked;
  }

  private async ask(id: string): Promise<User> {
    const { user } = await this.api.call('users.info', { user: id }, userSchema, {
      patient: false
    });
    const { name, real_name: realName, profile } = user;
    return { id, name: profile?.display_name || profile?.real_name || realName || name || id };
  }

  private async list(types: string): Promise<Map<string, string>> {
    const rooms = new Map<string, string>();
    let cursor = '';
    do {
      const page = await this.api.call(
        'conversations.list',
        {
          types,
          exclude_archived: true,
          limit: this.pageSize,
          ...(cursor !== '' && { cursor })
        },
        listSchema
      );
      for (const { id, name } of page.channels) {
        if (name !== undefined) {
          rooms.set(id, name);
        }
      }
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '');
    return rooms;
  }
}
