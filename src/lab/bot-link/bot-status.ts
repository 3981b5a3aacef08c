import type { ConnectionState, ErrorRecord, ServerFrameOf, SkillRecord } from '../../protocol';

/** What is known about the bot. */
export interface BotStatus {
  readonly state: ConnectionState;
  /** What the bot said first, from the last time it was reached. */
  readonly ready: ServerFrameOf<'ready'> | undefined;
  readonly skills: readonly SkillRecord[];
  /** Why it cannot be reached. */
  readonly error: ErrorRecord | undefined;
  /** More than one attempt in a row to reach it has failed. */
  readonly isLost: boolean;
  /** When the next attempt comes by itself, in milliseconds since 1970. */
  readonly retryAt: number | undefined;
}

/** What is known before anyone asked. */
export const unknownStatus: BotStatus = {
  state: 'idle',
  ready: undefined,
  skills: [],
  error: undefined,
  isLost: false,
  retryAt: undefined
};

/** The skills that answer, by name; those of the product come last. */
export function liveSkills({ skills }: Pick<BotStatus, 'skills'>): SkillRecord[] {
  const isBuiltin = ({ source }: SkillRecord): number => (source.kind === 'builtin' ? 1 : 0);
  return skills
    .filter(({ state }) => state === 'live')
    .sort((a, b) => isBuiltin(a) - isBuiltin(b) || a.name.localeCompare(b.name));
}
