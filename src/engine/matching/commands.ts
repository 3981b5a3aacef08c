import type { Argument, MatcherRecord } from '../../protocol';
import { captureNames, writtenPattern } from '../pattern';
import type { LiveMatcher } from '../skill-registry';
import type { Command } from '../understanding';

/** The commands that people can give by these matchers, with what their authors say about them. */
export function commandsOf(matchers: readonly LiveMatcher[]): Command[] {
  return matchers.flatMap(({ skill, record }) => {
    const form = formOf(record);
    if (!form) {
      return [];
    }
    const { id: matcher, examples = [] } = record;
    const description = record.description ?? form.description;
    const known: Record<string, Argument> = record.arguments ?? {};
    const names = new Set([...form.names, ...Object.keys(known)]);
    return [
      {
        skill,
        matcher,
        ...(description !== undefined && { description }),
        examples,
        ...(form.pattern !== undefined && { pattern: form.pattern }),
        arguments: Object.fromEntries([...names].map(name => [name, known[name] ?? {}]))
      }
    ];
  });
}

/** What a matcher itself says about its sentences; nothing for matchers that hold no sentence. */
function formOf(
  record: MatcherRecord
): { names: string[]; pattern?: string; description?: string } | undefined {
  switch (record.kind) {
    case 'regex':
    case 'parse':
      return { names: captureNames(record), pattern: writtenPattern(record) };
    case 'intent':
      return { names: [], description: record.intent };
    default:
      return undefined;
  }
}
