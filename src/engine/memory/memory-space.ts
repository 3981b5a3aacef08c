/** Whose memory is meant. */
export type MemoryScope =
  /** Of one skill: the default. */
  | { of: 'skill' }
  /** Of one skill, about one person. */
  | { of: 'user'; id: string }
  /** Of one skill, about one room. */
  | { of: 'room'; connector: string; room: string }
  /** Of the whole bot. */
  | { of: 'global' };

/** The name under which a store keeps a scope: no two scopes have the same. */
export function spaceOf(skill: string, scope: MemoryScope): string {
  switch (scope.of) {
    case 'skill':
      return `skill/${skill}`;
    case 'user':
      return `skill/${skill}/user/${encodeURIComponent(scope.id)}`;
    case 'room':
      return `skill/${skill}/room/${encodeURIComponent(scope.connector)}/${encodeURIComponent(scope.room)}`;
    case 'global':
      return 'global';
  }
}
