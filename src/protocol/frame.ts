import * as z from 'zod/mini';
import { errorRecordSchema } from './error-record';
import { chatMessageSchema, handledSchema, MAX_TEXT_LENGTH, userSchema } from './message';
import { reloadCauseSchema, skillChangeSchema, skillRecordSchema } from './skill-record';
import { traceSchema } from './trace';

const id = z.string().check(z.minLength(1), z.maxLength(128));
const room = z.string().check(z.minLength(1), z.maxLength(200));
const seq = z.int().check(z.nonnegative());

/** A room a client follows, and the last message of it that the client has. */
export const followedRoomSchema = z.object({ room, after: z.optional(seq) });

/** The first frame of a client. The bot answers with `ready` or with an `error` and a close. */
export const helloFrameSchema = z.object({
  type: z.literal('hello'),
  protocol: z.int(),
  client: z.object({
    name: z.string().check(z.maxLength(64)),
    version: z.string().check(z.maxLength(64))
  }),
  /** Needed where the bot listens on a port instead of a socket file. */
  token: z.optional(z.string()),
  /** What the person wants to be called; who they are comes from the connection. */
  user: z.optional(z.object({ name: z.string().check(z.minLength(1), z.maxLength(100)) })),
  /** The journal that `after` counts in, from an earlier `ready`. */
  journal: z.optional(z.string()),
  rooms: z.optional(z.array(followedRoomSchema))
});

/** Something a person says. The bot answers with `ack`, and once only: the same id again is acknowledged again. */
export const sayFrameSchema = z.object({
  type: z.literal('say'),
  id,
  room,
  text: z.string().check(z.minLength(1), z.maxLength(MAX_TEXT_LENGTH)),
  /** Speak as another person. Only local tools may, not a browser. */
  user: z.optional(z.object({ name: z.string().check(z.minLength(1), z.maxLength(100)) }))
});

/** Starts to follow one more room. The bot sends what is newer than `after`, then `followed`. */
export const followFrameSchema = z.object({
  type: z.literal('follow'),
  id,
  room,
  after: z.optional(seq)
});

/** A person starts or stops writing. Not answered. */
export const typingFrameSchema = z.object({ type: z.literal('typing'), room, active: z.boolean() });

/** Asks for older messages; answered with `history`. */
export const historyFrameSchema = z.object({
  type: z.literal('history'),
  id,
  room,
  /** Only messages older than this one. */
  before: z.optional(seq),
  limit: z.optional(z.int().check(z.minimum(1), z.maximum(500)))
});

/** Asks what was weighed for a message; answered with `trace`. */
export const traceFrameSchema = z.object({ type: z.literal('trace'), id, seq });

/** Asks what the bot would do with a text, without doing it; answered with `trace`. */
export const explainFrameSchema = z.object({
  type: z.literal('explain'),
  id,
  room,
  text: z.string().check(z.maxLength(MAX_TEXT_LENGTH))
});

/** Makes a source the live version of a skill and writes it to the skill's file; answered with `skill.saved`. */
export const skillSaveFrameSchema = z.object({
  type: z.literal('skill.save'),
  id,
  name: z.string(),
  source: z.string()
});

/** Loads skills again from their files; answered with `skill.reloaded`. */
export const skillReloadFrameSchema = z.object({
  type: z.literal('skill.reload'),
  id,
  /** Which; all when absent. */
  skills: z.optional(z.array(z.string()))
});

/** Checks a configuration, writes it to the workspace and puts it into force; answered with `config.saved`. */
export const configSaveFrameSchema = z.object({
  type: z.literal('config.save'),
  id,
  source: z.string()
});

/** Asks for the last lines of the bot's log; answered with `logs`. */
export const logsFrameSchema = z.object({
  type: z.literal('logs'),
  id,
  lines: z.optional(z.int().check(z.minimum(1), z.maximum(1000)))
});

/** Puts the workshop's files into the workspace where they are missing; answered with `workshop.opened`. */
export const workshopOpenFrameSchema = z.object({
  type: z.literal('workshop.open'),
  id,
  /** Such as `en`. */
  language: z.optional(z.string().check(z.maxLength(35)))
});

/** Every frame a client may send. */
export const clientFrameSchema = z.discriminatedUnion('type', [
  helloFrameSchema,
  sayFrameSchema,
  followFrameSchema,
  typingFrameSchema,
  historyFrameSchema,
  traceFrameSchema,
  explainFrameSchema,
  skillSaveFrameSchema,
  skillReloadFrameSchema,
  configSaveFrameSchema,
  logsFrameSchema,
  workshopOpenFrameSchema
]);

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
  /** Counts the changes to the set of live skills. */
  generation: z.int(),
  skills: z.array(skillRecordSchema),
  /** What is wrong with the configuration and does not keep the bot from working. */
  warnings: z.array(errorRecordSchema)
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

/** Someone starts or stops writing, the bot included. */
export const typingNoticeFrameSchema = z.object({
  type: z.literal('typing'),
  room: z.string(),
  user: userSchema,
  active: z.boolean()
});

/** Someone asked for an empty view of a room: messages up to `seq` are no longer shown. */
export const clearFrameSchema = z.object({ type: z.literal('clear'), room: z.string(), seq });

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
  ackFrameSchema,
  followedFrameSchema,
  handledFrameSchema,
  typingNoticeFrameSchema,
  clearFrameSchema,
  historyReplyFrameSchema,
  traceReplyFrameSchema,
  skillsFrameSchema,
  skillSavedFrameSchema,
  skillReloadedFrameSchema,
  configSavedFrameSchema,
  logsReplyFrameSchema,
  workshopOpenedFrameSchema,
  errorFrameSchema,
  goodbyeFrameSchema
]);

/** Every frame a client may send. */
export type ClientFrame = z.infer<typeof clientFrameSchema>;

/** Every frame a bot may send. */
export type ServerFrame = z.infer<typeof serverFrameSchema>;

/** The client frame of one type. */
export type ClientFrameOf<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;

/** The server frame of one type. */
export type ServerFrameOf<T extends ServerFrame['type']> = Extract<ServerFrame, { type: T }>;

/** Which frame answers which request. An `error` with the request's id may come instead. */
export interface ReplyTypes {
  follow: 'followed';
  history: 'history';
  trace: 'trace';
  explain: 'trace';
  'skill.save': 'skill.saved';
  'skill.reload': 'skill.reloaded';
  'config.save': 'config.saved';
  logs: 'logs';
  'workshop.open': 'workshop.opened';
}

/** A request without the id, which the connection gives it. */
export type Request<T extends keyof ReplyTypes> = Omit<ClientFrameOf<T>, 'id'>;

/** The answer to a request of type `T`. */
export type Reply<T extends keyof ReplyTypes> = ServerFrameOf<ReplyTypes[T]>;
