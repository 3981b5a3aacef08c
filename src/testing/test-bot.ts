import type { Place } from '../engine';
import { createId, type ChatMessage, type Trace } from '../protocol';
import type { Memory, OutgoingEvent } from '../skill';
import { SkillBotMemory } from '../skill/host';
import type {
  Expected,
  Explanation,
  Outcome,
  Person,
  RecordingOptions,
  Reply,
  SkillInput,
  TestBot,
  TestBotOptions,
  TestClock,
  TestHttp,
  Turn,
  WebhookAnswer,
  WebhookCall
} from './api';
import { milliseconds } from './duration';
import { TraceExplanation } from './explanation';
import { TestPerson, type Act } from './person';
import { recordingToTest } from './recording';
import { lineOf, toReply } from './reply';
import { expectationWords, failure, isAsExpected, traceWords } from './report';
import { Rig } from './rig';
import { enterScenes } from './scene';
import { toTime } from './virtual-clock';
import { findWebhook, webhookAnswer, webhookEvent } from './webhook-call';

const DEFAULT_ROOM = 'general';

/**
 * A bot to talk to in a test. It loads at once, and what is done with it waits until it has.
 *
 * @throws ChatOpsError `CHATOPS_SKILL_PATH` for a skill that is not there.
 *
 * @example
 * ```ts
 * const chat = testBot({ skills: ['skills/hello'] });
 * await chat.user('ann').says('hello');
 * chat.expectReply(/Hi ann/);
 * ```
 */
export function testBot(options: TestBotOptions): TestBot {
  return new EngineTestBot(options);
}

class EngineTestBot implements TestBot {
  readonly ready: Promise<void>;
  readonly clock: TestClock;
  readonly http: TestHttp;

  private readonly rig: Rig;
  private readonly people = new Map<string, Person>();
  private readonly place: Place;
  private readonly leave: () => void;
  private closed = false;
  /** Where in what was shown the answers to what was done last begin. */
  private mark = 0;
  /** What was done last, by its number. */
  private last: number | undefined;

  constructor(options: TestBotOptions) {
    this.rig = new Rig(options);
    const { time, http } = this.rig;
    const [{ name = 'test', defaultRoom = DEFAULT_ROOM } = { name: 'test' }] =
      options.connectors ?? [];
    this.place = { connector: name, room: defaultRoom };
    this.http = http;
    this.clock = {
      now: () => new Date(time.now()),
      advance: duration => this.passTo(() => time.now() + milliseconds(duration)),
      advanceTo: end => this.passTo(() => toTime(end))
    };
    this.leave = enterScenes();
    this.ready = this.rig.open();
    // Whoever does something first is told.
    this.ready.catch(() => undefined);
  }

  get replies(): readonly Reply[] {
    return this.rig.shown.slice(this.mark).map(({ message }) => toReply(message));
  }

  get texts(): readonly string[] {
    return this.replies.map(({ text }) => text);
  }

  get logs(): readonly string[] {
    return this.rig.logs;
  }

  get troubles(): readonly string[] {
    return this.rig.troubles.map(({ message }) => message);
  }

  user(name: string, { id, roles = [] }: { id?: string; roles?: readonly string[] } = {}): Person {
    const person =
      this.people.get(name) ??
      new TestPerson(name, id ?? name, this.place, {
        act: (by, place, act) => this.act(by, place, act),
        messagesOf: (connector, room) =>
          this.rig.messages.filter(each => each.connector === connector && each.room === room),
        memoryOf: (skill, userId) => this.memory(skill).user(userId)
      });
    this.people.set(name, person);
    for (const role of roles) {
      (this.rig.roles[role] ??= []).push(person.id);
    }
    if (roles.length > 0) {
      this.rig.configure();
    }
    return person;
  }

  async webhook(path: string, call: WebhookCall = {}): Promise<WebhookAnswer> {
    await this.begin();
    const { engine } = this.rig;
    const matcher = findWebhook(engine, path, call.skill);
    const called = engine.callWebhook(matcher, webhookEvent(call));
    await this.rig.settle();
    this.last = this.rig.messages.findLast(({ event }) => event?.type === 'Webhook')?.seq;
    return webhookAnswer(matcher, await this.rig.within(called, `the webhook ${path}`));
  }

  async fire(
    { type, data, text = '', target }: OutgoingEvent,
    place?: { room?: string; connector?: string }
  ): Promise<Turn> {
    await this.begin();
    const { engine } = this.rig;
    const seq = await engine.fire({
      ...(place ? { ...this.place, ...place } : { connector: '', room: '' }),
      user: engine.bot,
      text,
      event: { type, data: { ...data }, ...(target !== undefined && { target }) }
    });
    await this.rig.settle();
    return this.turn(seq);
  }

  async explain(
    text: string,
    { user = 'someone', room, connector }: { user?: string; room?: string; connector?: string } = {}
  ): Promise<Explanation> {
    await this.opened();
    const { id } = this.people.get(user) ?? { id: user };
    const trace = await this.rig.engine.explain(text, {
      connector: connector ?? this.place.connector,
      room: room ?? this.place.room,
      user: { id, name: user }
    });
    return new TraceExplanation(trace);
  }

  memory(skill: string): SkillBotMemory;
  memory(): Memory;
  memory(skill?: string): Memory {
    const memory = new SkillBotMemory(request => this.rig.engine.serve(skill ?? '', request));
    return skill === undefined ? memory.global : memory;
  }

  async reload(input: SkillInput): Promise<void> {
    await this.begin();
    await this.rig.reload(input);
  }

  async restart(): Promise<void> {
    await this.begin();
    await this.rig.restart();
  }

  transcript(): string {
    return this.rig.messages
      .filter(({ room }) => room !== '')
      .map(lineOf)
      .join('\n');
  }

  toTest(options: RecordingOptions = {}): string {
    const skills = [...this.rig.inputs.values()].filter(input => typeof input === 'string');
    return recordingToTest(this.rig.messages, {
      ...(skills.length > 0 && { skills }),
      ...options
    });
  }

  expectReply(expected?: Expected): Reply {
    const { replies } = this;
    const found =
      expected === undefined ? replies[0] : replies.find(reply => isAsExpected(reply, expected));
    if (!found) {
      const wanted = expected === undefined ? 'a reply' : `the reply ${expectationWords(expected)}`;
      throw this.failure(this.expectReply, `Expected ${wanted}.`, this.texts, expected);
    }
    return found;
  }

  expectReplies(expected: readonly Expected[]): void {
    const { replies } = this;
    const areSame =
      replies.length === expected.length &&
      expected.every((each, i) => isAsExpected(replies[i]!, each));
    if (!areSame) {
      const wanted = expected.map(expectationWords).join(', ') || 'none';
      throw this.failure(
        this.expectReplies,
        `Expected exactly these replies: ${wanted}.`,
        this.texts,
        expected
      );
    }
  }

  expectNoReply(): void {
    if (this.replies.length > 0) {
      throw this.failure(this.expectNoReply, 'Expected no reply.', this.texts, []);
    }
  }

  expectSkill(name: string | undefined): void {
    const { skill } = this.turn();
    if (skill !== name) {
      throw this.failure(
        this.expectSkill,
        `Expected ${name ?? 'no skill'} to answer; it was ${skill ?? 'none'}.`,
        skill,
        name
      );
    }
  }

  expectOutcome(outcome: Outcome): void {
    const actual = this.turn().outcome;
    if (actual !== outcome) {
      throw this.failure(
        this.expectOutcome,
        `Expected it to be ${outcome}; it was ${actual}.`,
        actual,
        outcome
      );
    }
  }

  async close(): Promise<void> {
    if (!this.closed) {
      this.closed = true;
      this.rig.engine.stop();
      this.leave();
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private async opened(): Promise<void> {
    if (this.closed) {
      throw new Error('This bot was closed; make another one with `testBot`.');
    }
    await this.ready;
  }

  /** From here on, what the bot says answers what comes now. */
  private async begin(): Promise<void> {
    await this.opened();
    this.mark = this.rig.shown.length;
    this.last = undefined;
  }

  private async act(user: ChatMessage['user'], place: Place, act: Act): Promise<Turn> {
    await this.begin();
    const { message } = await this.rig.engine.receive({ id: createId(), ...place, user, ...act });
    await this.rig.settle();
    return this.turn(message.seq);
  }

  private async passTo(end: () => number): Promise<void> {
    await this.begin();
    await this.rig.time.advanceTo(end(), () => this.rig.settle());
  }

  private turn(seq = this.last): Turn {
    this.last = seq;
    const handled = seq === undefined ? undefined : this.rig.journal.get(seq)?.handled;
    const { run, companions = [] } = this.traceOfLast() ?? {};
    const called = (kind: string): string[] =>
      companions.flatMap(companion => (companion.kind === kind ? companion.run.skill : []));
    return {
      seq: seq ?? 0,
      replies: this.replies,
      outcome: handled?.outcome ?? 'pending',
      skill: handled?.skill,
      called: [
        ...called('always'),
        ...called('event'),
        ...(run ? [run.skill] : []),
        ...called('catchall')
      ]
    };
  }

  private failure(
    above: (...values: never[]) => unknown,
    message: string,
    actual: unknown,
    expected: unknown
  ): Error {
    const from = this.last ?? this.rig.shown[this.mark]?.message.seq ?? this.rig.journal.last;
    const said = this.rig.messages
      .filter(({ seq, room }) => seq >= from && room !== '')
      .map(lineOf);
    const trace = this.traceOfLast();
    const log = this.rig.logs.slice(-5);
    return failure(
      [
        message,
        ...section(said.length > 0 ? 'What was said:' : 'Nothing was said.', said),
        ...section('Why:', trace ? traceWords(trace) : []),
        ...section('What skills logged last:', log),
        ...section('Troubles:', this.troubles)
      ].join('\n'),
      actual,
      expected,
      above
    );
  }

  private traceOfLast(): Trace | undefined {
    try {
      return this.last === undefined ? undefined : this.rig.engine.trace(this.last);
    } catch {
      return undefined;
    }
  }
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length > 0 || title.endsWith('.') ? [title, ...lines.map(line => `  ${line}`)] : [];
}
