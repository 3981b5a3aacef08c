import * as z from 'zod/mini';

const stepProgressSchema = z.object({
  /** The newest message when the step was begun: only what came after it counts. */
  begun: z.optional(z.int()),
  /** When it was begun, in milliseconds since 1970. */
  begunAt: z.optional(z.number()),
  /** When it was done, in milliseconds since 1970. */
  doneAt: z.optional(z.number()),
  /** True when the solution was applied for the learner. */
  solved: z.optional(z.boolean()),
  /** How many hints were asked for. */
  hints: z.optional(z.int()),
  solutionShown: z.optional(z.boolean()),
  /** Answers to the step's question. */
  answers: z.optional(z.record(z.string(), z.string())),
  /** The files of the step as they were when it was begun; null for one that was not there. */
  files: z.optional(z.record(z.string(), z.nullable(z.string())))
});

/** How far someone has come in a workshop. Kept in the workspace, as JSON. */
export const progressSchema = z.object({
  version: z.literal(1),
  workshop: z.string(),
  language: z.string(),
  /** Whose progress it is, once a person has followed the workshop whom the bot knows. */
  learner: z.optional(z.object({ id: z.string(), name: z.string() })),
  /** The step that was chosen last. */
  current: z.optional(z.string()),
  steps: z.record(z.string(), stepProgressSchema),
  /** What the last reset or solution changed, so that it can be taken back. */
  undo: z.optional(
    z.object({
      /** What was done. */
      action: z.enum(['reset', 'reset-all', 'solve']),
      step: z.string(),
      files: z.record(z.string(), z.nullable(z.string())),
      steps: z.record(z.string(), stepProgressSchema),
      current: z.optional(z.string())
    })
  )
});

/** How far someone has come in one step. */
export type StepProgress = z.infer<typeof stepProgressSchema>;

/** How far someone has come in a workshop. */
export type Progress = z.infer<typeof progressSchema>;

/** The beginning of a workshop. */
export function newProgress(workshop: string, language: string): Progress {
  return { version: 1, workshop, language, steps: {} };
}

/**
 * Progress from the text of its file; nothing when it cannot be read or belongs to another workshop.
 */
export function readProgress(text: string, workshop: string): Progress | undefined {
  try {
    const result = progressSchema.safeParse(JSON.parse(text));
    return result.success && result.data.workshop === workshop ? result.data : undefined;
  } catch {
    return undefined;
  }
}

/** The step someone is at: the one they chose unless it is done, else the first that is not. */
export function currentStep(
  progress: Progress,
  steps: readonly { id: string }[]
): string | undefined {
  const isOpen = ({ id }: { id: string }): boolean => progress.steps[id]?.doneAt === undefined;
  const chosen = steps.find(({ id }) => id === progress.current);
  return (chosen && isOpen(chosen) ? chosen : steps.find(isOpen))?.id;
}
