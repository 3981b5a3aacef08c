import type { HostRequest } from '../../engine';
import { Allowance } from './allowance';

/** What a run, or a skill outside of its runs, may have at once and each second. */
const LIMITS = {
  /** Messages, reactions and events. */
  messages: [200, 20],
  /** Changes to messages, as by a stream. */
  changes: [1000, 100],
  /** Characters in all of these. */
  characters: [2_000_000, 200_000],
  /** Lines of the log. */
  'log lines': [2000, 200]
} as const;

type Kind = keyof typeof LIMITS;

/** The kind that a request counts as; memory and the like is only slowed down. */
const KINDS: Partial<Record<HostRequest['method'], Kind>> = {
  say: 'messages',
  send: 'messages',
  fire: 'messages',
  react: 'messages',
  ask: 'messages',
  typing: 'changes',
  update: 'changes'
};

/** How much one run, or one skill outside of its runs, may say. */
export class Quota {
  private readonly allowances = new Map<Kind, Allowance>();

  /** Counts a request. Returns what there was too much of, if there was. */
  spend(request: HostRequest): string | undefined {
    const kind = KINDS[request.method];
    if (!kind) {
      return undefined;
    }
    const characters = lengthOf(request);
    return this.take(kind, 1) ?? (characters > 0 ? this.take('characters', characters) : undefined);
  }

  /** Counts a line of the log. */
  spendLine(text: string): string | undefined {
    return this.take('log lines', 1) ?? this.take('characters', text.length);
  }

  private take(kind: Kind, amount: number): string | undefined {
    let allowance = this.allowances.get(kind);
    if (!allowance) {
      const [burst, rate] = LIMITS[kind];
      allowance = new Allowance(burst, rate);
      this.allowances.set(kind, allowance);
    }
    return allowance.take(amount) ? undefined : kind;
  }
}

function lengthOf(request: HostRequest): number {
  switch (request.method) {
    case 'say':
    case 'ask':
      return request.content.text.length;
    case 'send':
    case 'fire':
      return request.event.text.length;
    case 'update':
      return request.patch.text?.length ?? 0;
    default:
      return 0;
  }
}
