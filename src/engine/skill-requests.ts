import { chatOpsError, type Block, type ChatMessage } from '../protocol';
import type { Answer } from './conversation';
import type { EngineParts } from './engine-parts';
import type { HostAnswers, HostRequest, OutgoingEvent } from './host-request';
import { spaceOf } from './memory';
import { yesNo } from './proposer';

/** The largest value a skill may have remembered, in UTF-16 code units. */
export const LARGEST_VALUE = 5_000_000;

/** So many events may lead to each other before it is taken for a circle. */
export const DEEPEST = 10;

/** Tells whoever started a run what it does. */
export interface RequestWatcher {
  /** It said something. */
  onReply?(seq: number): void;
  /** It waits for a person, so others need not wait for it. */
  onWait?(): void;
  /** How many events led to the one at hand. */
  depth?: number;
}

/** Events that are messages. */
const SAID = ['Message', 'Reply', 'File', 'Image', 'Video'];

/** Events that change a message, as the request that does so. */
const changes: Readonly<Record<string, (seq: number, event: OutgoingEvent) => HostRequest>> = {
  EditedMessage: (seq, { text }) => ({
    method: 'update',
    seq,
    patch: { text, blocks: [] },
    edit: true
  }),
  DeleteMessage: seq => ({ method: 'update', seq, patch: { text: '', blocks: [], deleted: true } }),
  PinMessage: seq => ({ method: 'update', seq, patch: { pinned: true } }),
  UnpinMessage: seq => ({ method: 'update', seq, patch: { pinned: false } }),
  Reaction: (seq, { data }) => ({ method: 'react', seq, emoji: String(data.emoji), active: true })
};

type RequestOf<M extends HostRequest['method']> = Extract<HostRequest, { method: M }>;

/** Serves what a skill asks of its host, while a run lasts or long after. */
export class SkillRequests {
  private readonly waiting = new Set<string>();

  constructor(
    private readonly parts: EngineParts,
    private readonly skill: string,
    private readonly watcher: RequestWatcher = {}
  ) {}

  /** Rejects with a ChatOpsError when what is asked for cannot be had. */
  async serve<R extends HostRequest>(request: R): Promise<HostAnswers[R['method']]>;
  async serve(request: HostRequest): Promise<HostAnswers[HostRequest['method']]> {
    const { speaker } = this.parts;
    switch (request.method) {
      case 'say':
        return this.say(request);
      case 'update':
        await this.update(request);
        return undefined;
      case 'react':
        return this.react(request);
      case 'typing':
        speaker.showTyping(request.place, request.active);
        return undefined;
      case 'send':
        return this.send(request);
      case 'fire':
        return this.fire(request);
      case 'ask':
        return this.ask(request);
      case 'skills':
        return this.parts.registry.list();
      default:
        return this.remember(request);
    }
  }

  /** The run is over: what it still asks people is of no use any more. */
  close(): void {
    for (const id of this.waiting) {
      this.parts.questions.withdraw(id, chatOpsError('CHATOPS_QUESTION_CANCELLED', {}));
    }
  }

  private async say({
    place,
    content,
    answers,
    thread,
    streaming
  }: RequestOf<'say'>): Promise<number> {
    const { speaker } = this.parts;
    const { seq } = await speaker.post({
      ...speaker.placeOf(place),
      ...content,
      skill: this.skill,
      ...(answers !== undefined && { answers }),
      ...(thread !== undefined && { thread }),
      ...(streaming && { streaming })
    });
    this.watcher.onReply?.(seq);
    return seq;
  }

  private async update({ seq, patch, edit }: RequestOf<'update'>): Promise<void> {
    const { speaker, clock } = this.parts;
    await speaker.update(seq, { ...patch, ...(edit && { edited: clock.now() }) });
  }

  private async react({ seq, emoji, active }: RequestOf<'react'>): Promise<boolean> {
    const { speaker, journal } = this.parts;
    const message = journal.get(seq);
    const connector = message && speaker.connector(message.connector);
    if (!connector?.update) {
      return false;
    }
    await speaker.react(seq, emoji, speaker.bot, active);
    return true;
  }

  private async send({ place, event }: RequestOf<'send'>): Promise<number | undefined> {
    const { type, data, target, text, blocks } = event;
    const { speaker } = this.parts;
    if (SAID.includes(type)) {
      const content = { text, ...(blocks && { blocks }) };
      const thread = type === 'Reply' ? target : undefined;
      return this.say({ method: 'say', place, content, ...(thread !== undefined && { thread }) });
    }
    if (type === 'Typing') {
      speaker.showTyping(speaker.placeOf(place), data.active !== false);
      return undefined;
    }
    const change = target === undefined ? undefined : changes[type];
    if (target !== undefined && change) {
      await this.serve(change(target, event));
      return target;
    }
    await speaker.perform(
      { type, data, ...(target !== undefined && { target }) },
      speaker.placeOf(place)
    );
    return undefined;
  }

  private async fire({ place, event, user }: RequestOf<'fire'>): Promise<number> {
    const { depth = 0 } = this.watcher;
    if (depth >= DEEPEST) {
      throw chatOpsError('CHATOPS_EVENT_CIRCLE', { event: event.type, count: DEEPEST });
    }
    const { type, data, target, text, blocks, entities } = event;
    const isPlaced = place.connector !== undefined || place.room !== undefined;
    return this.parts.fire(
      {
        ...(isPlaced ? this.parts.speaker.placeOf(place) : { connector: '', room: '' }),
        user: user ?? this.parts.speaker.bot,
        text,
        ...(blocks && { blocks }),
        ...(entities && { entities }),
        ...(type !== 'Message' && {
          event: { type, data, ...(target !== undefined && { target }) }
        })
      },
      depth + 1
    );
  }

  private async ask(request: RequestOf<'ask'>): Promise<Answer> {
    const { kind, content, place, user, answers, thread, timeout } = request;
    const { questions, speaker } = this.parts;
    const choices = request.choices ?? [];
    this.watcher.onWait?.();
    const { id, answer } = questions.begin({
      kind,
      text: content.text,
      place,
      user,
      choices,
      timeout,
      ...(request.cancelWords && { cancelWords: request.cancelWords })
    });
    this.waiting.add(id);
    const buttons: Block | undefined =
      kind === 'confirm'
        ? yesNo(id)
        : kind === 'choose'
          ? { type: 'buttons', id, buttons: choices }
          : undefined;
    try {
      const words = content.blocks ?? [{ type: 'markdown' as const, text: content.text }];
      const { seq } = await speaker.post({
        ...place,
        text: buttons ? '' : content.text,
        ...((buttons ?? content.blocks) && { blocks: [...words, ...(buttons ? [buttons] : [])] }),
        skill: this.skill,
        ...(answers !== undefined && { answers }),
        ...(thread !== undefined && { thread })
      });
      this.watcher.onReply?.(seq);
      const given = await answer.finally(() => this.waiting.delete(id));
      await this.showAnswer(seq, id, {
        value: String(given === true ? 'yes' : given === false ? 'no' : given),
        user
      });
      return given;
    } catch (error) {
      questions.withdraw(id, error);
      answer.catch(() => undefined);
      throw error;
    }
  }

  private async showAnswer(
    seq: number,
    id: string,
    answer: { value: string; user: ChatMessage['user'] }
  ): Promise<void> {
    const { journal, speaker } = this.parts;
    const blocks = journal.get(seq)?.blocks;
    if (blocks?.some(block => block.type === 'buttons' && block.id === id)) {
      await speaker
        .update(seq, {
          blocks: blocks.map(block =>
            block.type === 'buttons' && block.id === id ? { ...block, answer } : block
          )
        })
        .catch(() => undefined);
    }
  }

  private async remember(
    request: Extract<HostRequest, { method: `memory.${string}` }>
  ): Promise<HostAnswers[`memory.${'get' | 'put' | 'delete' | 'list'}`]> {
    const store = this.parts.memory();
    const space = spaceOf(this.skill, request.scope);
    switch (request.method) {
      case 'memory.get':
        return store.get(space, request.key);
      case 'memory.put': {
        const { key, value, ttl, expected } = request;
        if (value.length > LARGEST_VALUE) {
          throw chatOpsError('CHATOPS_MEMORY_VALUE', {
            key,
            reason: `it is longer than ${LARGEST_VALUE} characters once it is written down`
          });
        }
        return store.put(space, key, value, {
          ...(ttl !== undefined && { expires: this.parts.clock.now() + ttl }),
          ...(expected !== undefined && { expected })
        });
      }
      case 'memory.delete':
        return store.delete(space, request.key);
      case 'memory.list': {
        const { prefix, limit } = request;
        return store.list(space, {
          ...(prefix !== undefined && { prefix }),
          ...(limit !== undefined && { limit })
        });
      }
    }
  }
}
