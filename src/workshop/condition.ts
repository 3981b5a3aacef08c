import * as z from 'zod/mini';
import { outcomeSchema } from '../protocol';

/** A regular expression as text, which must be one. */
export const patternSchema = z
  .string()
  .check(z.refine(text => isPattern(text), 'must be a regular expression'));

const outcomes = z.union([outcomeSchema, z.array(outcomeSchema)]);
const count = z.int().check(z.minimum(1));

/**
 * Something was said, and something came of it. Everything that is given must hold for one and the
 * same message.
 */
export const saidSchema = z.strictObject({
  /** What was said. */
  text: z.optional(patternSchema),
  /** Of at least so many characters. */
  length: z.optional(count),
  /** By whom, by name; by anyone but the cast of the workshop when absent. */
  by: z.optional(z.string()),
  room: z.optional(z.string()),
  connector: z.optional(z.string()),
  /** What kind of event it is; a message when absent. */
  event: z.optional(z.string()),
  /** How it ended. */
  outcome: z.optional(outcomes),
  /** The skill that took it. */
  skill: z.optional(z.string()),
  /** What one of the answers says; `<user>` stands for the name of who asked. */
  reply: z.optional(patternSchema),
  /** True when a handler took it that lives in a notebook. */
  live: z.optional(z.boolean()),
  /** True when a request of the skill to another system was answered well. */
  http: z.optional(z.boolean()),
  /** So many messages of that kind. */
  minimum: z.optional(count)
});

/** What the bot would do with some texts. Nothing is done. */
export const probeSchema = z.strictObject({
  texts: z.array(
    z.union([
      z.string(),
      z.strictObject({ text: z.string(), captures: z.record(z.string(), z.string()) })
    ])
  ),
  /** The skill that must win. */
  winner: z.optional(z.string()),
  /** The skill that must not win. */
  not: z.optional(z.string()),
  /** A skill that must match as well, and lose. */
  over: z.optional(z.string()),
  outcome: z.optional(outcomes),
  /** Who would say it, by name. */
  as: z.optional(z.string())
});

/** The kinds of conditions, each under the word that names it. */
const kinds = {
  said: saidSchema,
  /** The bot said something without being asked: a schedule's or a webhook's words. */
  posted: z.strictObject({
    skill: z.string(),
    text: z.optional(patternSchema),
    minimum: z.optional(count)
  }),
  probe: probeSchema,
  /** A skill is live, and its newest version has no error. */
  skill: z.strictObject({ name: z.string() }),
  /** A skill has a matcher such as this. */
  matcher: z.strictObject({
    skill: z.string(),
    kind: z.optional(z.string()),
    /** The path of a webhook, or whatever else the record of a matcher holds. */
    fields: z.optional(z.record(z.string(), z.unknown())),
    /** What must be there and not be empty, such as `description`. */
    has: z.optional(z.array(z.string()))
  }),
  /** A file of tests passes, or fails as it should when a skill is broken. */
  tested: z.strictObject({
    path: z.string(),
    /** So many tests in it. */
    minimum: z.optional(count),
    /** Sources that stand in the place of skills while the tests run, by the skills' names. */
    instead: z.optional(z.record(z.string(), z.string())),
    /** True when at least one test must fail: those that notice nothing are no tests. */
    fails: z.optional(z.boolean())
  }),
  /** Every example of a skill is understood, and by that skill. */
  examples: z.strictObject({ skill: z.string(), minimum: count }),
  /** The schedules of a skill, by the clock on the wall of their own time zone. */
  schedule: z.strictObject({
    skill: z.string(),
    from: z.string(),
    until: z.string(),
    /** Exactly these times, such as `2030-01-07T09:00`. */
    times: z.array(z.string())
  }),
  /** The configuration in force, or a part of it. */
  config: z.strictObject({
    /** True: the file has no mistakes. */
    valid: z.optional(z.boolean()),
    /** What it must hold. In lists, each of these must be among the others. */
    includes: z.optional(z.unknown())
  }),
  /** A file of the workspace. */
  file: z.strictObject({
    path: z.string(),
    /** What stands in it; `<user>` stands for the learner's name. */
    matches: z.optional(patternSchema),
    lacks: z.optional(patternSchema),
    /** For a notebook: so many code cells in which this stands. */
    cells: z.optional(z.strictObject({ code: patternSchema, minimum: count }))
  }),
  /** Someone asked why: what was weighed for a text. */
  looked: z.strictObject({ text: patternSchema }),
  /** A question of the step was answered. */
  answered: z.strictObject({ question: z.string() }),
  /** A skill changed, and what caused it was one of these; or its newest version would not load. */
  changed: z.strictObject({
    skill: z.string(),
    causes: z.optional(z.array(z.string())),
    failed: z.optional(z.boolean()),
    /** The code of the error. */
    error: z.optional(z.string())
  }),
  /** A connector is connected. */
  connected: z.strictObject({ name: z.string() }),
  /** Steps are done: these, or all that stand before this one. */
  done: z.strictObject({ steps: z.union([z.array(z.string()), z.literal('earlier')]) })
};

/** The words that name the kinds of conditions. */
export const conditionKinds: readonly string[] = Object.keys(kinds);

const simpleSchema = z.union(
  Object.entries(kinds).map(([name, schema]) => z.strictObject({ [name]: schema }))
);

type Kinds = { [K in keyof typeof kinds]: { [P in K]: z.infer<(typeof kinds)[K]> } };

/** A condition of one kind, by the word that names it. */
export type SimpleCondition = Kinds[keyof Kinds];

/** Something that is so, or not yet. */
export type Condition =
  | SimpleCondition
  /** One of these is enough. */
  | { any: Condition[] }
  /** None of these may be so. */
  | { none: Condition[] };

/** Something that is so, or not yet. */
export const conditionSchema: z.ZodMiniType<Condition> = z.lazy(() =>
  z.union([
    simpleSchema as unknown as z.ZodMiniType<SimpleCondition>,
    z.strictObject({ any: z.array(conditionSchema) }),
    z.strictObject({ none: z.array(conditionSchema) })
  ])
);

function isPattern(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
