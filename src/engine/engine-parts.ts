import type { Clock } from './clock';
import type { PendingActions, Questions } from './conversation';
import type { Journal } from './journal';
import type { RankingParts } from './matching';
import type { MemoryStore } from './memory';
import type { Roles } from './permission';
import type { SkillRegistry } from './skill-registry';
import type { Speaker } from './speech';
import type { Incoming } from './connector';

/** What the parts of an engine share. */
export interface EngineParts {
  registry: SkillRegistry;
  journal: Journal;
  clock: Clock;
  speaker: Speaker;
  questions: Questions;
  actions: PendingActions;
  roles: Roles;
  ranking: RankingParts;
  /** Takes secrets out of whatever is about to be kept. */
  mask: <T>(value: T) => T;
  /** What skills remember with; another store may take its place. */
  memory(): MemoryStore;
  /** Lets an event come in; `depth` says how many events led to it. Resolves to its `seq`. */
  fire(incoming: Omit<Incoming, 'id'>, depth: number): Promise<number>;
}
