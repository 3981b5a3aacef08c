import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Engine, HandledEvent, Journal, RegistryEvent } from '../../engine';
import { textEventTypes } from '../../protocol';

/** What figures are about. */
export interface FigureSource {
  readonly version: string;
  readonly engine: Engine;
  readonly journal: Journal;
  /** The configured connectors, and whether each is connected. */
  connectors(): { name: string; connected: boolean }[];
  /** How many databases are configured. */
  databases(): number;
}

/** The upper ends of the histogram's buckets, in seconds: from what a pattern takes to a minute's run. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Counts what the bot does, for `/stats` and for Prometheus. */
export class Figures {
  private readonly registry = new Registry();
  private readonly began = Date.now();
  private readonly totals = {
    parsed: 0,
    webhooks: 0,
    responses: 0,
    responseTime: 0,
    reloads: 0,
    outcomes: {} as Record<string, number>
  };

  /** True once someone has asked for the figures. */
  private watchesProcess = false;

  private readonly messages = new Counter({
    name: 'chatops_messages_total',
    help: 'Messages and other events that were handled.',
    labelNames: ['connector', 'outcome'] as const,
    registers: [this.registry]
  });
  private readonly durations = new Histogram({
    name: 'chatops_handling_seconds',
    help: 'How long messages took from their turn to their end, by the skill that answered.',
    labelNames: ['skill'] as const,
    buckets: BUCKETS,
    registers: [this.registry]
  });
  private readonly webhooks = new Counter({
    name: 'chatops_webhook_calls_total',
    help: 'Calls of webhooks, by skill and status of the answer.',
    labelNames: ['skill', 'status'] as const,
    registers: [this.registry]
  });
  private readonly loads = new Counter({
    name: 'chatops_skill_loads_total',
    help: 'What came of loading skills.',
    labelNames: ['kind', 'cause'] as const,
    registers: [this.registry]
  });

  constructor(private readonly source: FigureSource) {
    const { engine, version } = source;
    const registers = [this.registry];
    new Gauge({
      name: 'chatops_info',
      help: 'The version that runs; always 1.',
      labelNames: ['version'] as const,
      registers
    }).set({ version }, 1);
    const skills = new Gauge({
      name: 'chatops_skills',
      help: 'Skills by their state.',
      labelNames: ['state'] as const,
      registers,
      collect: () => {
        const states = engine.registry.list().map(({ state }) => state);
        for (const state of ['live', 'error', 'held'] as const) {
          skills.set({ state }, states.filter(candidate => candidate === state).length);
        }
      }
    });
    const connectors = new Gauge({
      name: 'chatops_connector_up',
      help: 'Whether a configured connector is connected.',
      labelNames: ['connector'] as const,
      registers,
      collect: () => {
        connectors.reset();
        for (const { name, connected } of source.connectors()) {
          connectors.set({ connector: name }, connected ? 1 : 0);
        }
      }
    });
    engine.handled.on(event => this.noteHandled(event));
    engine.registry.changed.on(event => this.noteLoads(event));
  }

  /** A webhook was answered. */
  noteWebhook(skill: string | undefined, status: number): void {
    this.totals.webhooks += skill === undefined ? 0 : 1;
    this.webhooks.inc({ skill: skill ?? 'unknown', status: String(status) });
  }

  /** Everything in the text format of Prometheus. */
  async exposition(): Promise<{ type: string; text: string }> {
    if (!this.watchesProcess) {
      // To watch the event loop wakes the process a hundred times a second: only for those who ask.
      this.watchesProcess = true;
      collectDefaultMetrics({ register: this.registry });
    }
    return { type: this.registry.contentType, text: await this.registry.metrics() };
  }

  /** What opsdroid tells at `/stats`, in its shape, and what we know besides. Times are in seconds. */
  stats(): Record<string, unknown> {
    const { parsed, webhooks, responses, responseTime, outcomes, reloads } = this.totals;
    const { version, engine } = this.source;
    const connectors = this.source.connectors();
    const skills = engine.registry.list();
    return {
      version,
      messages: {
        total_parsed: parsed,
        webhooks_called: webhooks,
        total_response_time: responseTime,
        total_responses: responses,
        average_response_time: responses === 0 ? 0 : responseTime / responses,
        outcomes
      },
      modules: {
        skills: skills.length,
        connectors: connectors.length,
        databases: this.source.databases()
      },
      skills: Object.fromEntries(
        skills.map(({ name, state, version }) => [name, { state, version }])
      ),
      connectors: Object.fromEntries(
        connectors.map(({ name, connected }) => [name, { connected }])
      ),
      reloads,
      uptime: (Date.now() - this.began) / 1000
    };
  }

  private noteHandled({ message, handled }: HandledEvent): void {
    const { outcome, skill = 'none', duration } = handled;
    const type = message.event?.type ?? 'Message';
    // What no connector brought goes by what it is: a schedule, a webhook.
    this.messages.inc({ connector: message.connector || type.toLowerCase(), outcome });
    this.durations.observe({ skill }, duration / 1000);
    this.totals.outcomes[outcome] = (this.totals.outcomes[outcome] ?? 0) + 1;
    if (textEventTypes.includes(type)) {
      this.totals.parsed++;
      this.noteResponse(message.seq, message.time);
    }
  }

  /** opsdroid measures to the first response. */
  private noteResponse(seq: number, asked: number): void {
    let first: number | undefined;
    try {
      const { run, companions = [] } = this.source.engine.trace(seq);
      first = [run, ...companions.map(companion => companion.run)].flatMap(
        candidate => candidate?.replies ?? []
      )[0];
    } catch {
      // An answer to a question has no trace of its own.
    }
    const reply = first === undefined ? undefined : this.source.journal.get(first);
    if (reply) {
      this.totals.responses++;
      this.totals.responseTime += (reply.time - asked) / 1000;
    }
  }

  private noteLoads({ cause, changes }: RegistryEvent): void {
    for (const { kind } of changes) {
      this.loads.inc({ kind, cause });
    }
    this.totals.reloads += cause === 'start' ? 0 : 1;
  }
}
