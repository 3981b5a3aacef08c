import type { ChatMessage, SkillRecord } from '../../protocol';

/** What a test of a conversation is made from. */
export interface TestParts {
  readonly messages: ChatMessage[];
  /** The skills that took part, as a test names them: by their name, or by where they are. */
  readonly skills: string[];
}

/**
 * What of a conversation can be tested: all but what was said to skills that come with the bot, which
 * a tested bot has not, and what those said.
 */
export function testParts(
  messages: readonly ChatMessage[],
  records: readonly SkillRecord[]
): TestParts {
  const known = new Map(records.map(record => [record.name, record]));
  const isForeign = (name: string | undefined): boolean =>
    name !== undefined && !isTestable(known.get(name));
  const foreign = new Set(
    messages
      .filter(({ handled, skill }) => isForeign(handled?.skill ?? skill))
      .map(({ seq }) => seq)
  );
  const kept = messages.filter(
    ({ seq, answers, deleted, event, error }) =>
      !foreign.has(seq) &&
      !foreign.has(answers ?? -1) &&
      // A change or a reaction to what is left out has nothing to be about.
      !foreign.has(event?.target ?? -1) &&
      !deleted &&
      !error
  );
  const names = new Set(kept.flatMap(({ handled, skill }) => handled?.skill ?? skill ?? []));
  return { messages: kept, skills: [...names].map(name => placeOf(name, known.get(name))) };
}

function isTestable(record: SkillRecord | undefined): boolean {
  return record === undefined || record.source.kind === 'path';
}

function placeOf(name: string, record: SkillRecord | undefined): string {
  const { path = `skills/${name}`, file } = record?.source ?? {};
  return path === `skills/${name}` ? path : (file ?? path);
}
