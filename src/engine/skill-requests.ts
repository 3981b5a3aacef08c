import { ChatOpsError, chatOpsError, type Block, type ChatMessage } from '../protocol';
import type { Answer } from './conversation';
import type { EngineParts } from './engine-parts';
import type { HostAnswers, HostRequest, OutgoingEvent } from './host-request';
import { spaceOf } from './memory';
import { yesNo } from './proposer';
import type { Said } from './speech';

/** The largest value a skill may have remembered, in UTF-16 code units. */
export const LARGEST_VALUE = 5_000_000;

/** The longest key, in UTF-16 code units: every database can have it in an index. */
export const LONGEST_KEY = 500;

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
  /** Questions that wait for an answer. */
  private readonly waiting = new Set<string>();
  /** Messages that are not complete. */
  private readonly streaming = new Set<number>();

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

  /** The run is over: what it still asks people is of no use any more, and what it was saying is all there is. */
  async close(): Promise<void> {
    const { questions, journal, speaker } = this.parts;
    for (const id of this.waiting) {
      questions.withdraw(id, chatOpsError('CHATOPS_QUESTION_CANCELLED', {}));
    }
    for (const seq of this.streaming) {
      const { text = '' } = journal.get(seq) ?? {};
      await speaker.update(seq, { text, streaming: false }).catch(() => undefined);
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
    const { connector, room } = speaker.placeOf(place);
    const said: Said = { connector, room, text: content.text, skill: this.skill };
    if (content.blocks) {
      said.blocks = content.blocks;
    }
    if (answers !== undefined) {
      said.answers = answers;
    }
    if (thread !== undefined) {
      said.thread = thread;
    }
    if (streaming) {
      said.streaming = streaming;
    }
    const { seq } = await speaker.post(said);
    this.watcher.onReply?.(seq);
    if (streaming) {
      this.streaming.add(seq);
    }
    return seq;
  }

  private async update({ seq, patch, edit }: RequestOf<'update'>): Promise<void> {
    const { speaker, clock, journal } = this.parts;
    const isRewritten = (patch.text !== undefined || patch.blocks !== undefined) && !patch.deleted;
    if (isRewritten && journal.get(seq)?.user.id !== speaker.bot.id && journal.get(seq)) {
      throw chatOpsError('CHATOPS_MESSAGE_FOREIGN', {});
    }
    if (patch.streaming === false) {
      this.streaming.delete(seq);
    }
    await speaker.update(seq, { ...patch, ...(edit && { edited: clock.now() }) });
  }

  private react({ seq, emoji, active }: RequestOf<'react'>): Promise<boolean> {
    return this.parts.speaker.react(seq, emoji, active);
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
    if (!speaker.connector(place.connector)) {
      throw chatOpsError('CHATOPS_PLACE_UNKNOWN', { place: 'a person who could answer' });
    }
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
    // Whoever calls it off before it was even said is heard below.
    answer.catch(() => undefined);
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
      return await this.settled(seq, id, answer, user);
    } catch (error) {
      questions.withdraw(id, error);
      throw error;
    } finally {
      this.waiting.delete(id);
    }
  }

  /** Waits for an answer, and shows on the question what became of it. */
  private async settled(
    seq: number,
    id: string,
    answer: Promise<Answer>,
    user: ChatMessage['user']
  ): Promise<Answer> {
    try {
      const given = await answer;
      const value = typeof given === 'boolean' ? (given ? 'yes' : 'no') : given;
      await this.showAnswer(seq, id, { value, user });
      return given;
    } catch (error) {
      const isCancelled =
        error instanceof ChatOpsError && error.code === 'CHATOPS_QUESTION_CANCELLED';
      await this.showAnswer(seq, id, { value: isCancelled ? 'cancelled' : 'expired' });
      throw error;
    }
  }

  private async showAnswer(
    seq: number,
    id: string,
    answer: { value: string; user?: ChatMessage['user'] }
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
    if ('key' in request) {
      checkKey(request.key);
    }
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
          ...(ttl !== undefined && { expires: Math.ceil(this.parts.clock.now() + ttl) }),
          ...(expected !== undefined && { expected })
        });
      }
      case 'memory.delete':
        return store.delete(space, request.key, request.expected);
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

/** Refuses keys that not every database could tell from others. */
function checkKey(key: string): void {
  const reason =
    key.length > LONGEST_KEY
      ? `its key is longer than ${LONGEST_KEY} characters`
      : /\p{Surrogate}/u.test(key)
        ? 'its key has half of a character'
        : undefined;
  if (reason !== undefined) {
    throw chatOpsError('CHATOPS_MEMORY_VALUE', { key: key.slice(0, 50), reason });
  }
}
