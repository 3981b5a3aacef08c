import type { Argument } from '../../protocol';
import { captureNames } from '../pattern';
import type { SkillRegistry } from '../skill-registry';
import type { Command } from '../understanding';

/** The commands that people can give, with what their authors say about them. */
export function commandsOf(registry: SkillRegistry): Command[] {
  return registry.matchers().flatMap(({ skill, record }) => {
    if (record.kind !== 'regex' && record.kind !== 'parse') {
      return [];
    }
    const { id: matcher, description, examples = [] } = record;
    const known: Record<string, Argument> = record.arguments ?? {};
    const names = new Set([...captureNames(record), ...Object.keys(known)]);
    return [
      {
        skill,
        matcher,
        ...(description !== undefined && { description }),
        examples,
        arguments: Object.fromEntries([...names].map(name => [name, known[name] ?? {}]))
      }
    ];
  });
}
