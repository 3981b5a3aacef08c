import * as z from 'zod/mini';

/** Where something is: a file, relative to the workspace when it is inside, and a position in it. */
export const whereSchema = z.object({
  /** A path; or `cell` for source that came from a notebook cell and has no file. */
  file: z.string(),
  /** The line, counted from 1. */
  line: z.optional(z.int()),
  /** The column in UTF-16 code units, counted from 1. */
  column: z.optional(z.int())
});

/** Where something is: a file and a position in it. Lines and columns count from 1. */
export type Where = z.infer<typeof whereSchema>;

/** An error as it crosses a wire. */
export const errorRecordSchema = z.object({
  /** A key of the error table; a newer bot may send one that an older panel does not know. */
  code: z.string(),
  /** What happened, one sentence. */
  message: z.string(),
  /** What to do about it. */
  hint: z.string(),
  where: z.optional(whereSchema),
  /** The author's lines around the place, with a marker under the column. */
  excerpt: z.optional(z.string()),
  /** The author's own stack frames, innermost first. */
  stack: z.optional(z.array(z.string())),
  /** The last lines of a log, where they say more. */
  log: z.optional(z.array(z.string()))
});

/** An error as it crosses a wire and as the panel, the kernel and the command line show it. */
export type ErrorRecord = z.infer<typeof errorRecordSchema>;
