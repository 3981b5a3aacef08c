import type { User } from '../../protocol';
import type { ChatState } from './chat-state';

/** The people of a room, by name: who is there, and who has said something of what is here. */
export function peopleOf({ people, entries, threads }: ChatState): User[] {
  const known = new Map<string, User>(people.map(user => [user.id, user]));
  for (const entry of [...entries, ...[...threads.values()].flat()]) {
    if (entry.kind === 'said' && !known.has(entry.message.user.id)) {
      known.set(entry.message.user.id, entry.message.user);
    }
  }
  return [...known.values()].toSorted((a, b) => a.name.localeCompare(b.name));
}
