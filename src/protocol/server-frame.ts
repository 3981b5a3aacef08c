import * as z from 'zod/mini';
import { errorRecordSchema } from './error-record';
import {
  liveAnswerFrameSchema,
  liveDoneFrameSchema,
  liveRunFrameSchema,
  liveStopFrameSchema
} from './live-frame';
import { chatMessageSchema, handledSchema, messagePatchSchema } from './message';
import { reloadCauseSchema, skillChangeSchema, skillRecordSchema } from './skill-record';
import { traceSchema } from './trace';
import { userSchema } from './user';
import { learnerRowSchema, workshopStateSchema } from './workshop-state';

const seq = z.int().check(z.nonnegative());

/** The bot is there and follows the conversation with this client. Always the first frame of a bot. */
export const readyFrameSchema = z.object({
  type: z.literal('ready'),
  protocol: z.int(),
  bot: z.object({ name: z.string(), version: z.string() }),
  /** The bot's folder, as an absolute path. */
  workspace: z.string(),
  /** Who this connection speaks for. */
  user: userSchema,
  /** Identifies the journal that sequence numbers count in; another one means: forget what you have. */
  journal: z.string(),
  /** The rooms that are followed now, and the last message of each (0 when empty). */
  rooms: z.array(z.object({ room: z.string(), last: seq })),
  /** The room that this person has with the bot, and nobody else enters; absent where nobody knows who they are. */
  direct: z.optional(z.string()),
  /** True when this connection may speak as other people. */
  speakAs: z.optional(z.boolean()),
  /** Counts the changes to the set of live skills. */
  generation: z.int(),
  skills: z.array(skillRecordSchema),
  /** What is wrong with the configuration and does not keep the bot from working. */
  warnings: z.array(errorRecordSchema)
});

/** A message of a room that is followed changed after it was said. */
export const updateFrameSchema = z.object({
  type: z.literal('update'),
  room: z.string(),
  seq,
  patch: messagePatchSchema
});

/** Someone said something in a room that is followed. */
export const messageFrameSchema = z.object({
  type: z.literal('message'),
  message: chatMessageSchema
});

/** A `say` is in the journal and will be handled, whatever happens to the connection. */
export const ackFrameSchema = z.object({
  type: z.literal('ack'),
  re: z.string(),
  seq,
  time: z.number()
});

/** A room is followed now. */
export const followedFrameSchema = z.object({
  type: z.literal('followed'),
  re: z.string(),
  room: z.string(),
  last: seq
});

/** A message has been handled to its end: every answer to it was sent before this frame. */
export const handledFrameSchema = z.object({
  type: z.literal('handled'),
  room: z.string(),
  seq,
  handled: handledSchema
});

/** Which rooms there are: those in which something was said, and this person may enter. */
export const roomsReplyFrameSchema = z.object({
  type: z.literal('rooms'),
  re: z.string(),
  rooms: z.array(z.object({ room: z.string(), last: seq }))
});

/** Who has a room that is followed open in a chat panel; sent whenever that changes. */
export const presenceFrameSchema = z.object({
  type: z.literal('presence'),
  room: z.string(),
  users: z.array(userSchema)
});

/** Someone starts or stops writing, the bot included. */
export const typingNoticeFrameSchema = z.object({
  type: z.literal('typing'),
  room: z.string(),
  user: userSchema,
  active: z.boolean()
});

/** Someone asked for an empty view of a room: messages up to `seq` are no longer shown. */
export const clearFrameSchema = z.object({ type: z.literal('clear'), room: z.string(), seq });

/** A request was carried out, and there is nothing to tell of it. */
export const doneFrameSchema = z.object({ type: z.literal('done'), re: z.string() });

/** Older messages, oldest first. */
export const historyReplyFrameSchema = z.object({
  type: z.literal('history'),
  re: z.string(),
  room: z.string(),
  messages: z.array(chatMessageSchema),
  /** True when there are older ones still. */
  more: z.boolean()
});

/** What was, or would be, weighed for a text. */
export const traceReplyFrameSchema = z.object({
  type: z.literal('trace'),
  re: z.string(),
  trace: traceSchema
});

/** The set of live skills changed, or a change to it was refused. */
export const skillsFrameSchema = z.object({
  type: z.literal('skills'),
  generation: z.int(),
  cause: reloadCauseSchema,
  changes: z.array(skillChangeSchema),
  skills: z.array(skillRecordSchema)
});

/** The same, for a client that keeps the list of skills: only what is different from what it was told before. */
export const skillsChangedFrameSchema = z.object({
  type: z.literal('skills.changed'),
  generation: z.int(),
  cause: reloadCauseSchema,
  changes: z.array(skillChangeSchema),
  /** In the place of those of the same name; new ones follow at the end. */
  skills: z.array(skillRecordSchema),
  /** The names of those that are no longer there. */
  removed: z.array(z.string())
});

/** A source is live, or is not and the change says why. */
export const skillSavedFrameSchema = z.object({
  type: z.literal('skill.saved'),
  re: z.string(),
  change: skillChangeSchema,
  /** The file that holds the source now, relative to the workspace when it is inside. Absent when nothing was written. */
  file: z.optional(z.string()),
  /** True when the skill was entered into the configuration on this occasion. */
  configured: z.boolean()
});

/** Skills were loaded again. */
export const skillReloadedFrameSchema = z.object({
  type: z.literal('skill.reloaded'),
  re: z.string(),
  changes: z.array(skillChangeSchema)
});

/** A skill is on hold. */
export const skillHeldFrameSchema = z.object({
  type: z.literal('skill.held'),
  re: z.string(),
  change: skillChangeSchema
});

/** A skill was released; the change says whether it is live. */
export const skillReleasedFrameSchema = z.object({
  type: z.literal('skill.released'),
  re: z.string(),
  change: skillChangeSchema
});

/** A configuration is in force. */
export const configSavedFrameSchema = z.object({
  type: z.literal('config.saved'),
  re: z.string(),
  file: z.string(),
  changes: z.array(skillChangeSchema),
  warnings: z.array(errorRecordSchema)
});

/** Lines of the log, oldest first, as text. */
export const logsReplyFrameSchema = z.object({
  type: z.literal('logs'),
  re: z.string(),
  lines: z.array(z.string())
});

/** The workshop's files are in the workspace. */
export const workshopOpenedFrameSchema = z.object({
  type: z.literal('workshop.opened'),
  re: z.string(),
  /** The notebook, relative to the workspace. */
  notebook: z.string()
});

/** How far the workshop is. */
export const workshopStateReplyFrameSchema = z.object({
  type: z.literal('workshop.state'),
  re: z.string(),
  state: workshopStateSchema
});

/** How everyone does who follows the workshop or reports to this bot. */
export const workshopReportReplyFrameSchema = z.object({
  type: z.literal('workshop.report'),
  re: z.string(),
  learners: z.array(learnerRowSchema)
});

/** The workshop's state changed; sent to clients that have asked for it. */
export const workshopChangedFrameSchema = z.object({
  type: z.literal('workshop.changed'),
  /** The step that was done just now, if one was. */
  done: z.optional(z.string())
});

/** Something went wrong: with the frame `re`, or with the connection when `re` is absent. */
export const errorFrameSchema = z.object({
  type: z.literal('error'),
  re: z.optional(z.string()),
  error: errorRecordSchema
});

/** The bot ends this connection on purpose. */
export const goodbyeFrameSchema = z.object({
  type: z.literal('goodbye'),
  /** `quit`: someone told it to stop, and it stays so until it is wanted again. `ending`: its process ends. */
  reason: z.enum(['quit', 'ending'])
});

/** Every frame a bot may send. */
export const serverFrameSchema = z.discriminatedUnion('type', [
  readyFrameSchema,
  messageFrameSchema,
  updateFrameSchema,
  ackFrameSchema,
  followedFrameSchema,
  roomsReplyFrameSchema,
  presenceFrameSchema,
  doneFrameSchema,
  handledFrameSchema,
  typingNoticeFrameSchema,
  clearFrameSchema,
  historyReplyFrameSchema,
  traceReplyFrameSchema,
  skillsFrameSchema,
  skillsChangedFrameSchema,
  skillSavedFrameSchema,
  skillReloadedFrameSchema,
  skillHeldFrameSchema,
  skillReleasedFrameSchema,
  configSavedFrameSchema,
  logsReplyFrameSchema,
  liveDoneFrameSchema,
  liveAnswerFrameSchema,
  liveRunFrameSchema,
  liveStopFrameSchema,
  workshopOpenedFrameSchema,
  workshopStateReplyFrameSchema,
  workshopChangedFrameSchema,
  workshopReportReplyFrameSchema,
  errorFrameSchema,
  goodbyeFrameSchema
]);

/** Every frame a bot may send. */
export type ServerFrame = z.infer<typeof serverFrameSchema>;

/** The server frame of one type. */
export type ServerFrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;
