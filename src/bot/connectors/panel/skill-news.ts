import type { RegistryEvent, SkillRegistry } from '../../../engine';
import type { ServerFrameOf } from '../../../protocol';

/** What clients are told when the set of live skills changes. */
export class SkillNews {
  private generation = 0;
  /** The names of all skills, in their order, as they were told last. */
  private names: readonly string[] = [];

  constructor(private readonly registry: SkillRegistry) {}

  /** The whole list. */
  whole({ cause, changes }: RegistryEvent): ServerFrameOf<'skills'> {
    const { generation } = this.registry;
    return { type: 'skills', generation, cause, changes, skills: this.registry.list() };
  }

  /**
   * What is different from what was told the last time this was asked; nothing when that cannot be told
   * without the whole list, because its order is another one.
   */
  difference({ cause, changes }: RegistryEvent): ServerFrameOf<'skills.changed'> | undefined {
    const { registry } = this;
    const { generation } = registry;
    const names = registry.names();
    const there = new Set(names);
    const removed = this.names.filter(name => !there.has(name));
    const skills = registry.changedSince(this.generation);
    const asClientsHaveIt = new Set([
      ...this.names.filter(name => there.has(name)),
      ...skills.map(({ name }) => name)
    ]);
    this.generation = generation;
    this.names = names;
    const isInOrder = [...asClientsHaveIt].every((name, i) => name === names[i]);
    return isInOrder
      ? { type: 'skills.changed', generation, cause, changes, skills, removed }
      : undefined;
  }
}
