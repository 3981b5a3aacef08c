import * as z from 'zod/mini';
import { actionSchema } from './action';
import { conditionSchema } from './condition';

const id = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9-]*$/, 'must be small letters, digits and dashes'));

/** A condition that the learner can be told of by its id. */
const namedConditionSchema = z.object({ id, is: conditionSchema });

/** Something that the Steps view can open. */
export const targetSchema = z.union([
  /** The chat. */
  z.strictObject({ panel: z.literal('chat') }),
  /** A file of the workspace, at a line. */
  z.strictObject({ file: z.string(), line: z.optional(z.int()) }),
  /** A cell of the workshop's notebook, by its name. */
  z.strictObject({ cell: z.string() }),
  /** Why the newest message was answered as it was. */
  z.strictObject({ trace: z.literal('newest') })
]);

/** Something that the Steps view can open. */
export type Target = z.infer<typeof targetSchema>;

/** A step without its words: `step.yaml` in the folder that bears its id. */
export const stepSchema = z.strictObject({
  /** How long it takes most people. */
  minutes: z.int().check(z.minimum(1)),
  show: z._default(z.array(targetSchema), []),
  /** A question with answers to choose from; there is no wrong one. */
  question: z.optional(z.strictObject({ id, options: z.array(id) })),
  /** What must be so, in the order in which a learner is told of it. */
  check: z.array(namedConditionSchema).check(z.minLength(1)),
  /** The condition that is not met when the step begins; the first one when absent. */
  first: z.optional(id),
  /** Known ways to go wrong: where all of `when` is so, the mistake's own hint is given. */
  mistakes: z._default(
    z.array(z.strictObject({ id, when: z.array(conditionSchema).check(z.minLength(1)) })),
    []
  ),
  solution: z.array(actionSchema).check(z.minLength(1)),
  /** What a button plays. */
  plays: z._default(z.array(z.strictObject({ id, do: z.array(actionSchema) })), []),
  /** Wrong but plausible attempts, and what each is told: the proof makes them. */
  attempts: z._default(
    z.array(
      z.strictObject({
        id,
        do: z.array(actionSchema),
        /** The condition that is told of. */
        unmet: id,
        /** The mistake that is recognised. */
        mistake: id
      })
    ),
    []
  )
});

/** The words of a step in one language: `<language>.yaml` in its folder. */
export const stepWordsSchema = z.strictObject({
  title: z.string(),
  /** What to do, as Markdown, in a few sentences. */
  task: z.string(),
  /** What is missing while a condition is not met. `{text}` and `{got}` are what was found. */
  conditions: z.record(z.string(), z.string()),
  mistakes: z._default(z.record(z.string(), z.string()), {}),
  /** From a nudge to nearly all of it. */
  hints: z.tuple([z.string(), z.string(), z.string()]),
  /** What the buttons are called. */
  plays: z._default(z.record(z.string(), z.string()), {}),
  question: z.optional(
    z.strictObject({
      text: z.string(),
      options: z.record(z.string(), z.string()),
      /** What is said to those who have answered. */
      afterwards: z.string()
    })
  )
});

/** A workshop: `workshop.yaml`. */
export const workshopSchema = z.strictObject({
  id,
  /** What it is called, by language. */
  title: z.record(z.string(), z.string()),
  /** The notebook of each language, without its ending. */
  notebook: z.string(),
  /** People who appear in it and are no learners. */
  cast: z._default(z.array(z.string()), []),
  /** The steps in their order. */
  steps: z.array(id).check(z.minLength(1))
});

/** What stands in `step.yaml`. */
export type StepDefinition = z.infer<typeof stepSchema>;

/** The words of a step in one language. */
export type StepWords = z.infer<typeof stepWordsSchema>;

/** What stands in `workshop.yaml`. */
export type WorkshopDefinition = z.infer<typeof workshopSchema>;

/** A step with all that belongs to it. */
export interface Step extends StepDefinition {
  readonly id: string;
  /** By language, such as `en`. */
  readonly words: Readonly<Record<string, StepWords>>;
  /** The files it begins with, by path in the workspace. */
  readonly start: Readonly<Record<string, string>>;
  /** The files that solve it. */
  readonly solved: Readonly<Record<string, string>>;
}

/** A workshop with all its steps. */
export interface Workshop extends Omit<WorkshopDefinition, 'steps'> {
  readonly steps: readonly Step[];
  readonly languages: readonly string[];
}
