import * as z from 'zod/mini';

const word = z.string().check(z.minLength(1), z.maxLength(100));

/** Something that the view of a step can open. */
export const workshopTargetSchema = z.union([
  z.object({ panel: z.literal('chat') }),
  z.object({ file: z.string(), line: z.optional(z.int()) }),
  z.object({ cell: z.string() }),
  z.object({ trace: z.literal('newest') })
]);

/** Something that the view of a step can open. */
export type WorkshopTarget = z.infer<typeof workshopTargetSchema>;

/** A file that the solution changes, line by line. */
export const fileDifferenceSchema = z.object({
  path: z.string(),
  lines: z.array(z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() }))
});

/** A file that the solution changes. */
export type FileDifference = z.infer<typeof fileDifferenceSchema>;

/** One step as the learner sees it, in their language. */
export const workshopStepSchema = z.object({
  id: z.string(),
  title: z.string(),
  minutes: z.int(),
  done: z.boolean(),
  /** True when its solution was applied for the learner. */
  solved: z.boolean()
});

/** One step in the list. */
export type WorkshopStep = z.infer<typeof workshopStepSchema>;

/** The step a learner looks at, in full: the one at work, or one they went to. */
export const workshopCurrentSchema = z.object({
  id: z.string(),
  /** What to do, as Markdown. */
  task: z.string(),
  /** The first thing that is missing, in words; nothing when the step is done. */
  unmet: z.optional(z.object({ id: z.string(), text: z.string() })),
  /** A known mistake that was made, in words. */
  mistake: z.optional(z.object({ id: z.string(), text: z.string() })),
  /** The hints that were asked for. */
  hints: z.array(z.string()),
  /** How many there are. */
  hintCount: z.int(),
  /** The solution, once it was asked for. */
  solution: z.optional(
    z.object({
      files: z.array(fileDifferenceSchema),
      /** What to do besides changing files, such as what to say, as Markdown. */
      actions: z.array(z.string())
    })
  ),
  question: z.optional(
    z.object({
      id: z.string(),
      text: z.string(),
      options: z.array(z.object({ id: z.string(), text: z.string() })),
      answer: z.optional(z.string()),
      /** What is said to those who have answered. */
      afterwards: z.optional(z.string())
    })
  ),
  plays: z.array(z.object({ id: z.string(), label: z.string() })),
  show: z.array(workshopTargetSchema)
});

/** The step a learner is at. */
export type WorkshopCurrent = z.infer<typeof workshopCurrentSchema>;

/** How far a learner is in the workshop. */
export const workshopStateSchema = z.object({
  title: z.string(),
  /** Such as `en`. */
  language: z.string(),
  /** The notebook, relative to the workspace. */
  notebook: z.string(),
  steps: z.array(workshopStepSchema),
  /** Nothing when all is done. */
  current: z.optional(workshopCurrentSchema),
  /** What was found about the step that a check was asked for. */
  checked: z.optional(
    z.object({
      step: z.string(),
      passed: z.boolean(),
      /** The first thing that is missing, in words. */
      unmet: z.optional(z.string()),
      /** A known mistake that was made, in words. */
      mistake: z.optional(z.string())
    })
  ),
  /** What can be taken back. */
  undo: z.optional(z.object({ action: z.enum(['reset', 'reset-all', 'solve']), step: z.string() }))
});

/** How far a learner is in the workshop. */
export type WorkshopState = z.infer<typeof workshopStateSchema>;

/** What a learner does about the workshop itself. */
export const workshopActionSchema = z.discriminatedUnion('do', [
  /** Goes to a step. */
  z.object({ do: z.literal('go'), step: word }),
  /** Checks now, and not only when something happens. */
  z.object({ do: z.literal('check'), step: z.optional(word) }),
  z.object({ do: z.literal('hint'), step: word }),
  z.object({ do: z.literal('show-solution'), step: word }),
  /** Applies the solution. */
  z.object({ do: z.literal('solve'), step: word }),
  /** Applies the solutions of all steps before this one. */
  z.object({ do: z.literal('catch-up'), step: word }),
  z.object({ do: z.literal('reset'), step: word }),
  z.object({ do: z.literal('reset-all') }),
  z.object({ do: z.literal('undo') }),
  z.object({ do: z.literal('answer'), step: word, question: word, option: word }),
  z.object({ do: z.literal('play'), step: word, play: word }),
  /** Writes the transcript and the certificate into the workspace. */
  z.object({ do: z.literal('export') })
]);

/** What a learner does about the workshop itself. */
export type WorkshopAction = z.infer<typeof workshopActionSchema>;

/** How one learner does, for whoever runs the workshop. */
export const learnerReportSchema = z.object({
  /** Stable for as long as the learner's workspace is. */
  id: z.string().check(z.minLength(1), z.maxLength(200)),
  name: z.string().check(z.maxLength(100)),
  workshop: z.string().check(z.maxLength(100)),
  /** When this was written, in milliseconds since 1970. */
  time: z.number(),
  /** The ids of all steps, in order. */
  steps: z.array(z.string().check(z.maxLength(100))).check(z.maxLength(200)),
  /** When each step was done, in milliseconds since 1970. */
  done: z.record(z.string(), z.number()),
  /** The step at work, since when, and the first thing that is missing. */
  current: z.optional(
    z.object({
      step: z.string(),
      since: z.number(),
      unmet: z.optional(z.string().check(z.maxLength(500))),
      hints: z.int()
    })
  )
});

/** How one learner does. */
export type LearnerReport = z.infer<typeof learnerReportSchema>;

/** One learner as whoever runs the workshop sees them. */
export const learnerRowSchema = z.extend(learnerReportSchema, {
  /** They have not reported for a while. */
  away: z.boolean(),
  /** They are at one step for much longer than it should take. */
  stuck: z.boolean()
});

/** One learner as whoever runs the workshop sees them. */
export type LearnerRow = z.infer<typeof learnerRowSchema>;
