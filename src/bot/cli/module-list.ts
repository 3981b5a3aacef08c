import type { Configuration } from '../config';
import type { ListedSkill } from './skill-desk';

/** A module of the configuration, in a line. */
export interface ListedModule {
  kind: 'connector' | 'database' | 'parser' | 'skill';
  name: string;
  enabled: boolean;
  /** Where its code is from: `chatops` for what comes with it. */
  from: ListedSkill['from'];
  /** Its path, repository or package. */
  source?: string;
  /** The commit or version that is used. */
  pinned?: string;
}

/**
 * What a configuration makes a bot of: its connectors, databases, parsers and skills, in their order.
 *
 * @param skills - those of the same configuration, with where they come from.
 */
export function listModules(
  { values }: Pick<Configuration, 'values'>,
  skills: readonly ListedSkill[]
): ListedModule[] {
  const own = (
    kind: ListedModule['kind'],
    sections: readonly { name: string; enabled: boolean }[]
  ): ListedModule[] =>
    sections.map(({ name, enabled }) => ({ kind, name, enabled, from: 'chatops' }));
  return [
    ...own('connector', values.connectors),
    ...own('database', values.databases),
    ...own('parser', values.parsers),
    ...skills.map(skill => ({ kind: 'skill' as const, ...skill }))
  ];
}
