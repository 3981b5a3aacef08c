import {
  Engine,
  MemoryJournal,
  SkillRegistry,
  type Capabilities,
  type Connector,
  type EngineOptions,
  type EngineSettings,
  type Incoming,
  type Journal,
  type Place,
  type Receipt,
  type Skill
} from '../../src/engine';
import {
  blockTypes,
  eventTypes,
  type ChatEvent,
  type ChatMessage,
  type ErrorRecord,
  type MessagePatch,
  type Trace,
  type User
} from '../../src/protocol';
import { HandClock } from './hand-clock';

export const ANN: User = { id: 'ann', name: 'Ann' };
export const BEN: User = { id: 'ben', name: 'Ben' };

/** A connector that remembers what it was given, and cannot change what it has shown. */
export class Recorder implements Connector {
  readonly delivered: ChatMessage[] = [];
  readonly typingShown: boolean[] = [];
  readonly noticeRooms: readonly string[] = ['lobby'];
  readonly defaultRoom: string | undefined = 'lobby';
  identifies = true;
  delays?: Connector['delays'];
  lookupRoom?: Connector['lookupRoom'];

  constructor(readonly name = 'test') {}

  get texts(): string[] {
    return this.delivered.map(({ text }) => text);
  }

  async connect(): Promise<void> {}

  async disconnect(): Promise<void> {}

  deliver(message: ChatMessage): void | Promise<void> {
    this.delivered.push(message);
  }

  typing(_room: string, active: boolean): void {
    this.typingShown.push(active);
  }
}

/** A connector that can do everything there is. */
export class FullRecorder extends Recorder {
  readonly updates: { seq: number; patch: MessagePatch }[] = [];
  readonly performed: { event: ChatEvent; place: Place }[] = [];
  readonly can: Capabilities = { blocks: new Set(blockTypes), events: new Set(eventTypes) };

  update({ seq }: ChatMessage, patch: MessagePatch): void {
    this.updates.push({ seq, patch });
  }

  perform(event: ChatEvent, place: Place): void {
    this.performed.push({ event, place });
  }
}

/** What a test may want otherwise about an engine. */
export type HarnessOptions = Partial<EngineOptions> &
  Partial<EngineSettings> & { connector?: Recorder };

/** An engine with a connector, a clock that is turned by hand, and people who speak. */
export class EngineHarness {
  readonly clock: HandClock;
  readonly registry: SkillRegistry;
  readonly engine: Engine;
  readonly connector: Recorder;
  readonly journal: Journal;
  readonly troubles: ErrorRecord[] = [];
  private count = 0;

  constructor(skills: readonly Skill[], options: HarnessOptions = {}) {
    this.clock = (options.clock as HandClock | undefined) ?? new HandClock();
    this.registry = options.registry ?? new SkillRegistry(this.clock.now);
    skills.forEach(skill => this.registry.put(skill));
    this.journal = options.journal ?? new MemoryJournal();
    this.engine = new Engine({
      journal: this.journal,
      guard: { match: () => Promise.resolve([]) },
      bot: { id: 'bot', name: 'chatops', bot: true },
      onTrouble: error => this.troubles.push(error),
      ...options,
      clock: this.clock,
      registry: this.registry
    });
    const { roles = {}, timezone = 'UTC', language = 'en', minScores = new Map() } = options;
    this.engine.configure({ roles, timezone, language, minScores });
    this.connector = options.connector ?? new Recorder();
    this.engine.addConnector(this.connector);
  }

  /** Everything the connector was given to show, as text. */
  get texts(): string[] {
    return this.connector.texts;
  }

  /** Lets an event come in. Resolves when it is safe, before it is handled. */
  receive(text: string, more: Partial<Incoming> = {}): Promise<Receipt> {
    return this.engine.receive({
      id: `m${++this.count}`,
      connector: this.connector.name,
      room: 'general',
      user: ANN,
      text,
      ...more
    });
  }

  /** Says something and waits for the end of it. Resolves to its number. */
  async say(text: string, more: Partial<Incoming> = {}): Promise<number> {
    const { message } = await this.receive(text, more);
    await this.engine.whenIdle();
    return message.seq;
  }

  /** Says something, and tells what became of it. */
  async trace(text: string, more: Partial<Incoming> = {}): Promise<Trace> {
    return this.engine.trace(await this.say(text, more));
  }

  /** Says something, and tells what was said to it. */
  async ask(text: string, more: Partial<Incoming> = {}): Promise<string[]> {
    const before = this.connector.delivered.length;
    await this.say(text, more);
    return this.texts.slice(before);
  }

  /** Presses a button of a message. */
  press(block: string, value: string, more: Partial<Incoming> = {}): Promise<string[]> {
    return this.ask(value, { event: { type: 'Press', data: { block, value } }, ...more });
  }
}
