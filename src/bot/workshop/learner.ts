import type { User } from '../../protocol';
import { PANEL } from '../connectors/panel/panel-host';
import { localUser } from '../connectors/shell';
import type { Observations } from './observations';

/**
 * What tells one person from another, where that is known: by Jupyter's login, or by the name that a
 * guest has given. Nothing for the tools of this machine, such as notebooks and terminals: they speak for
 * everyone who works here. Nothing for roles that are played, either.
 */
export function personKey({ id, name }: User): string | undefined {
  if (id.startsWith('local:') || id.startsWith('as:')) {
    return undefined;
  }
  return id.startsWith('web:') ? `${id} ${name}` : id;
}

/** Whether something counts for a learner: all but what other people have done themselves. */
export function countsFor(learner: User | undefined, user: User | undefined): boolean {
  const own = learner && personKey(learner);
  const other = user && personKey(user);
  return own === undefined || other === undefined || own === other;
}

/** The person whose workshop it is: who is known, or who spoke last under their own name. */
export function learnerOf(
  known: User | undefined,
  observations: Observations,
  cast: readonly string[]
): User {
  return (
    known ??
    observations.speakers.findLast(
      ({ id, name }) => !id.startsWith('as:') && !cast.includes(name)
    ) ??
    localUser()
  );
}

/** Whether a message was said by a person of this workspace, and not on another platform. */
export function isOfWorkspace({ connector }: { connector: string }): boolean {
  return connector === PANEL;
}
