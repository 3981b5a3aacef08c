import * as z from 'zod/mini';
import { blockSchema } from './block';
import {
  liveAskFrameSchema,
  liveEndFrameSchema,
  liveLogFrameSchema,
  livePutFrameSchema,
  liveRemoveFrameSchema
} from './live-frame';
import { MAX_TEXT_LENGTH } from './message';
import { userSchema } from './user';
import { workshopActionSchema } from './workshop-state';

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
  rooms: z.optional(z.array(followedRoomSchema)),
  /** True when the client keeps the list of skills and need only be told which of them changed. */
  keepsSkills: z.optional(z.boolean())
});

/** Something a person says. The bot answers with `ack`, and once only: the same id again is acknowledged again. */
export const sayFrameSchema = z.object({
  type: z.literal('say'),
  id,
  room,
  text: z.string().check(z.minLength(1), z.maxLength(MAX_TEXT_LENGTH)),
  /** Files and pictures that go with it. */
  blocks: z.optional(z.array(blockSchema).check(z.maxLength(20))),
  /** The message whose thread it belongs to. */
  thread: z.optional(seq),
  /** Speak as another person. Local tools may; a browser, where the configuration lets it. */
  user: z.optional(z.object({ name: z.string().check(z.minLength(1), z.maxLength(100)) }))
});

/** Starts to follow one more room. The bot sends what is newer than `after`, then `followed`. */
export const followFrameSchema = z.object({
  type: z.literal('follow'),
  id,
  room,
  after: z.optional(seq)
});

/** Follows a room no longer; answered with `done`. */
export const unfollowFrameSchema = z.object({ type: z.literal('unfollow'), id, room });

/** Asks which rooms there are; answered with `rooms`. */
export const roomsFrameSchema = z.object({ type: z.literal('rooms'), id });

/** Presses a button of a message; the same as saying its value, to the question it belongs to. */
export const pressFrameSchema = z.object({
  type: z.literal('press'),
  id,
  seq,
  /** The id of the buttons. */
  block: z.string(),
  value: z.string()
});

/** Adds a reaction to a message, or takes it back. */
export const reactFrameSchema = z.object({
  type: z.literal('react'),
  id,
  seq,
  emoji: z.string().check(z.minLength(1), z.maxLength(32)),
  active: z.boolean()
});

/** Changes the text of a message one has said, or takes it back when there is no text. */
export const editFrameSchema = z.object({
  type: z.literal('edit'),
  id,
  seq,
  text: z.optional(z.string().check(z.maxLength(MAX_TEXT_LENGTH)))
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
  text: z.string().check(z.maxLength(MAX_TEXT_LENGTH)),
  /** As if it came in by another connector, from another person. Only local tools may, not a browser. */
  connector: z.optional(z.string().check(z.minLength(1), z.maxLength(100))),
  user: z.optional(userSchema)
});

/** Makes a source the live version of a skill and writes it to the skill's file; answered with `skill.saved`. */
export const skillSaveFrameSchema = z.object({
  type: z.literal('skill.save'),
  id,
  name: z.string(),
  source: z.string(),
  /**
   * The `fingerprint` of what the author knows to stand in the file. Refused with
   * `CHATOPS_SKILL_CONFLICT` where something else stands there; whatever it is, is overwritten when absent.
   */
  base: z.optional(z.string().check(z.maxLength(64)))
});

/** Loads skills again from their files; answered with `skill.reloaded`. */
export const skillReloadFrameSchema = z.object({
  type: z.literal('skill.reload'),
  id,
  /** Which; all when absent. */
  skills: z.optional(z.array(z.string()))
});

/** Keeps a skill from answering until it is edited or released; answered with `skill.held`. */
export const skillHoldFrameSchema = z.object({
  type: z.literal('skill.hold'),
  id,
  name: z.string()
});

/** Lets a skill that is on hold answer again, loaded anew; answered with `skill.released`. */
export const skillReleaseFrameSchema = z.object({
  type: z.literal('skill.release'),
  id,
  name: z.string()
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

/** Asks how far the workshop is, and to be told of changes; answered with `workshop.state`. */
export const workshopStateFrameSchema = z.object({
  type: z.literal('workshop.state'),
  id,
  /** Such as `en`. */
  language: z.optional(z.string().check(z.maxLength(35)))
});

/** Does something about the workshop, such as resetting a step; answered with `workshop.state`. */
export const workshopDoFrameSchema = z.object({
  type: z.literal('workshop.do'),
  id,
  language: z.optional(z.string().check(z.maxLength(35))),
  action: workshopActionSchema
});

/** Asks how everyone does who follows the workshop or reports to this bot; answered with `workshop.report`. */
export const workshopReportFrameSchema = z.object({ type: z.literal('workshop.report'), id });

/** Every frame a client may send. */
export const clientFrameSchema = z.discriminatedUnion('type', [
  helloFrameSchema,
  sayFrameSchema,
  followFrameSchema,
  unfollowFrameSchema,
  roomsFrameSchema,
  pressFrameSchema,
  reactFrameSchema,
  editFrameSchema,
  typingFrameSchema,
  historyFrameSchema,
  traceFrameSchema,
  explainFrameSchema,
  skillSaveFrameSchema,
  skillReloadFrameSchema,
  skillHoldFrameSchema,
  skillReleaseFrameSchema,
  configSaveFrameSchema,
  logsFrameSchema,
  livePutFrameSchema,
  liveRemoveFrameSchema,
  liveAskFrameSchema,
  liveLogFrameSchema,
  liveEndFrameSchema,
  workshopOpenFrameSchema,
  workshopStateFrameSchema,
  workshopDoFrameSchema,
  workshopReportFrameSchema
]);

/** Every frame a client may send. */
export type ClientFrame = z.infer<typeof clientFrameSchema>;

/** The client frame of one type. */
export type ClientFrameOf<T extends ClientFrame['type']> = Extract<ClientFrame, { type: T }>;
