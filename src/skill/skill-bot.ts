import type { OutgoingEvent as HostEvent, Place } from '../engine';
import type {
  Bot,
  BotMemory,
  Content,
  Log,
  OutgoingEvent,
  Part,
  Sent,
  SkillInfo,
  Target
} from './api';
import { checkEvent, isEvent } from './events';
import { toHostContent } from './messages/content';
import { SentMessage } from './messages/sent-message';
import { SkillBotMemory, type AskHost } from './skill-memory';

/** What a bot needs from the host that runs the skill. */
export interface BotHost {
  name: string;
  version: string;
  workspace: string;
  log: Log;
  ask: AskHost;
}

/** The bot, as the host hands it to a skill. */
export class SkillBot implements Bot {
  readonly name: string;
  readonly version: string;
  readonly workspace: string;
  readonly log: Log;
  readonly memory: BotMemory;

  readonly #ask: AskHost;

  constructor({ name, version, workspace, log, ask }: BotHost) {
    this.name = name;
    this.version = version;
    this.workspace = workspace;
    this.log = log;
    this.memory = new SkillBotMemory(ask);
    this.#ask = ask;
  }

  skills(): Promise<readonly SkillInfo[]> {
    return this.#ask({ method: 'skills' });
  }

  send(content: OutgoingEvent, target?: Target): Promise<Sent | undefined>;
  send(content: Content, target?: Target): Promise<Sent>;
  async send(content: Content, target: Target = {}): Promise<any> {
    const place = placeOf(target);
    if (isEvent(content)) {
      const seq = await this.#ask({ method: 'send', place, event: toHostEvent(content) });
      return seq === undefined ? undefined : new SentMessage(this.#ask, seq);
    }
    const { thread } = target;
    const seq = await this.#ask({
      method: 'say',
      place,
      content: toHostContent(content),
      ...(thread !== undefined && { thread })
    });
    return new SentMessage(this.#ask, seq);
  }

  async fire(event: OutgoingEvent, target: Target = {}): Promise<void> {
    await this.#ask({ method: 'fire', place: placeOf(target), event: toHostEvent(event) });
  }
}

function placeOf({ connector, room }: Target): Partial<Place> {
  return { ...(connector !== undefined && { connector }), ...(room !== undefined && { room }) };
}

/** @throws ChatOpsError `CHATOPS_EVENT_INVALID`. */
function toHostEvent(value: OutgoingEvent): HostEvent {
  const {
    type,
    data,
    text = '',
    target,
    parts
  } = checkEvent(value) as OutgoingEvent & { parts?: readonly Part[] };
  const content = parts ? toHostContent(parts) : { text };
  return { type, data: { ...data }, ...content, ...(target !== undefined && { target }) };
}
