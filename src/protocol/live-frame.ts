import * as z from 'zod/mini';
import { errorRecordSchema } from './error-record';
import { matcherRecordSchema } from './matcher-record';
import { skillChangeSchema } from './skill-record';
import { logLineSchema } from './trace';

const id = z.string().check(z.minLength(1), z.maxLength(128));
const run = z.int().check(z.nonnegative());
const owner = z.string().check(z.minLength(1), z.maxLength(200));

/**
 * Makes the handlers of a notebook cell a skill of the bot, in place of those that the same cell had
 * before; answered with `live.done`. The skill is there for as long as the connection. Only local
 * tools may.
 */
export const livePutFrameSchema = z.object({
  type: z.literal('live.put'),
  id,
  /** Names the cell within this connection. */
  owner,
  /** What people call the notebook; what its handlers remember is kept under this name. */
  notebook: z.string().check(z.minLength(1), z.maxLength(200)),
  /** What people call the skill. */
  name: z.string().check(z.minLength(1), z.maxLength(200)),
  matchers: z.array(matcherRecordSchema).check(z.maxLength(1000))
});

/** Takes the handlers of cells away; answered with `done`. */
export const liveRemoveFrameSchema = z.object({
  type: z.literal('live.remove'),
  id,
  owners: z.array(owner)
});

/**
 * Asks the host of skills for something, as a skill would: within a run, or for the notebook outside
 * of any; answered with `live.answer`. Only local tools may.
 */
export const liveAskFrameSchema = z.object({
  type: z.literal('live.ask'),
  id,
  run: z.optional(run),
  notebook: z.string().check(z.minLength(1), z.maxLength(200)),
  request: z.looseObject({ method: z.string() })
});

/** A line that a handler wrote to the bot's log; answered with `done`. */
export const liveLogFrameSchema = z.object({
  type: z.literal('live.log'),
  id,
  run,
  line: logLineSchema
});

/** A handler has ended; answered with `done`. */
export const liveEndFrameSchema = z.object({
  type: z.literal('live.end'),
  id,
  run,
  /** What a webhook answers, or what a question was answered with. */
  value: z.optional(z.unknown()),
  error: z.optional(errorRecordSchema)
});

/** The handlers of a cell are live. */
export const liveDoneFrameSchema = z.object({
  type: z.literal('live.done'),
  re: z.string(),
  /** The skill's name, which is another one where that was taken. */
  name: z.string(),
  change: skillChangeSchema
});

/** What a host answers a `live.ask`. */
export const liveAnswerFrameSchema = z.object({
  type: z.literal('live.answer'),
  re: z.string(),
  value: z.optional(z.unknown())
});

/** Runs a handler, or a function of its command record when there is a question. */
export const liveRunFrameSchema = z.object({
  type: z.literal('live.run'),
  run,
  owner,
  /** What the handler is called with. */
  invocation: z.looseObject({ matcher: z.string() }),
  question: z.optional(z.looseObject({ about: z.string() }))
});

/** A run is over for the bot: it took too long, or its skill is gone. */
export const liveStopFrameSchema = z.object({
  type: z.literal('live.stop'),
  run,
  reason: z.string()
});
