import { parse } from 'yaml';
import * as z from 'zod/mini';
import { chatOpsError, didYouMean, reasonOf } from '../protocol';
import type { Action } from './action';
import {
  stepSchema,
  stepWordsSchema,
  workshopSchema,
  type Step,
  type StepDefinition,
  type StepWords,
  type Workshop
} from './step';

/** The language that a workshop must have, and that others fall back to. */
export const FIRST_LANGUAGE = 'en';

/**
 * Puts a workshop together from the texts of its files.
 *
 * @param files - by path in the workshop's folder, with `/` between names.
 * @throws ChatOpsError `CHATOPS_WORKSHOP_INVALID` with the file and what is wrong in it.
 */
export function readWorkshop(files: ReadonlyMap<string, string>): Workshop {
  const { steps, ...rest } = readYaml('workshop.yaml', files, workshopSchema);
  const languages = Object.keys(rest.title);
  if (!languages.includes(FIRST_LANGUAGE)) {
    throw invalid('workshop.yaml', `it needs a title in \`${FIRST_LANGUAGE}\``);
  }
  return { ...rest, languages, steps: steps.map(id => readStep(id, languages, files)) };
}

/**
 * A step of a workshop.
 *
 * @throws ChatOpsError `CHATOPS_WORKSHOP_STEP`.
 */
export function stepOf(workshop: Workshop, id: string): Step {
  const step = workshop.steps.find(step => step.id === id);
  if (!step) {
    const known = workshop.steps.map(step => step.id);
    throw chatOpsError('CHATOPS_WORKSHOP_STEP', {
      name: id,
      suggestion: didYouMean(id, known),
      known: known.join(', ')
    });
  }
  return step;
}

/** A step's words in a language such as `de-CH`, or in the nearest there is. */
export function wordsOf(step: Step, language: string): StepWords {
  return step.words[nearestLanguage(Object.keys(step.words), language)]!;
}

/** The language of a workshop that is nearest to one such as `de-CH`. */
export function nearestLanguage(known: readonly string[], language: string): string {
  return (
    [language, language.split(/[-_]/)[0]!].find(name => known.includes(name)) ?? FIRST_LANGUAGE
  );
}

/** The files that a step is about: its solution's, and those that a known attempt changes. */
export function filesOf({ start, solved, solution, attempts }: Step): string[] {
  const actions = [...solution, ...attempts.flatMap(attempt => attempt.do)];
  return [
    ...new Set([
      'configuration.yaml',
      ...Object.keys(start),
      ...Object.keys(solved),
      ...actions.flatMap(writtenBy)
    ])
  ];
}

/** The file that a cell of a skill is written to. */
export function skillFile(name: string): string {
  return `skills/${name}/index.ts`;
}

function writtenBy(action: Action): string[] {
  if ('write' in action) {
    return [action.write];
  }
  if ('edit' in action) {
    return [action.edit];
  }
  return 'cell' in action ? [skillFile(action.cell)] : [];
}

function readStep(
  id: string,
  languages: readonly string[],
  files: ReadonlyMap<string, string>
): Step {
  const folder = `steps/${id}`;
  const definition = readYaml(`${folder}/step.yaml`, files, stepSchema);
  const words = Object.fromEntries(
    languages.map(language => {
      const file = `${folder}/${language}.yaml`;
      const found = readYaml(file, files, stepWordsSchema);
      checkWords(definition, found, file);
      return [language, found];
    })
  );
  checkDefinition(definition, `${folder}/step.yaml`);
  return {
    ...definition,
    id,
    words,
    start: filesBelow(`${folder}/start/`, files),
    solved: filesBelow(`${folder}/solution/`, files)
  };
}

function readYaml<S extends z.ZodMiniType>(
  file: string,
  files: ReadonlyMap<string, string>,
  schema: S
): z.infer<S> {
  const text = files.get(file);
  if (text === undefined) {
    throw invalid(file, 'it is missing');
  }
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw invalid(file, reasonOf(error));
  }
  const result = z.safeParse(schema, value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw invalid(file, `\`${issue!.path.join('.')}\`: ${issue!.message}`);
  }
  return result.data;
}

/** What the proof refers to must be there. */
function checkDefinition({ check, first, mistakes, attempts }: StepDefinition, file: string): void {
  const conditions = new Set(check.map(({ id }) => id));
  if (first !== undefined && !conditions.has(first)) {
    throw invalid(file, `\`first\` names \`${first}\`, and there is no such condition`);
  }
  const known = new Set(mistakes.map(({ id }) => id));
  for (const { id, unmet, mistake } of attempts) {
    if (!conditions.has(unmet) || !known.has(mistake)) {
      throw invalid(file, `the attempt \`${id}\` refers to what is not there`);
    }
  }
}

/** Each language says the same things. */
function checkWords(definition: StepDefinition, words: StepWords, file: string): void {
  const wanted: [string, readonly string[], Readonly<Record<string, string>>][] = [
    ['conditions', definition.check.map(({ id }) => id), words.conditions],
    ['mistakes', definition.mistakes.map(({ id }) => id), words.mistakes],
    ['plays', definition.plays.map(({ id }) => id), words.plays],
    ['question.options', definition.question?.options ?? [], words.question?.options ?? {}]
  ];
  for (const [name, ids, texts] of wanted) {
    const different = [
      ...ids.filter(id => texts[id] === undefined),
      ...Object.keys(texts).filter(id => !ids.includes(id))
    ];
    if (different.length > 0) {
      throw invalid(file, `\`${name}\` and step.yaml differ in \`${different[0]}\``);
    }
  }
}

function filesBelow(folder: string, files: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    [...files]
      .filter(([file]) => file.startsWith(folder))
      .map(([file, text]) => [file.slice(folder.length), text])
  );
}

function invalid(file: string, reason: string): Error {
  return chatOpsError('CHATOPS_WORKSHOP_INVALID', { file, reason }, { where: { file } });
}
