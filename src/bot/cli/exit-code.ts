/** What the command `chatops` tells the shell about how it ended. Documented in docs/command-line.md. */
export const exitCode = {
  /** It did what was asked. */
  ok: 0,
  /** It could not. The reason is on standard error. */
  failed: 1,
  /** It was called wrongly. */
  usage: 2,
  /** The configuration has errors. */
  configuration: 3
} as const;
