import * as z from 'zod';

// What is read of Slack's payloads; https://docs.slack.dev/reference/events lists them whole.

/** A file of a message. */
export const fileSchema = z.looseObject({
  name: z.string().nullish(),
  mimetype: z.string().nullish(),
  size: z.number().nullish(),
  url_private: z.string().nullish()
});

/** A message, as events carry it. */
export const messageSchema = z.looseObject({
  ts: z.string(),
  text: z.string().nullish(),
  user: z.string().optional(),
  bot_id: z.string().nullish(),
  username: z.string().nullish(),
  thread_ts: z.string().optional(),
  files: z.array(fileSchema).optional()
});

/** A message, as events carry it. */
export type SlackMessage = z.infer<typeof messageSchema>;

/** Someone said something. */
export const saidSchema = messageSchema.extend({
  channel: z.string(),
  subtype: z.string().optional()
});

/** A message was changed. */
export const changedSchema = z.looseObject({
  channel: z.string(),
  message: messageSchema,
  previous_message: messageSchema.optional()
});

/** A message was taken back. */
export const deletedSchema = z.looseObject({
  channel: z.string(),
  deleted_ts: z.string(),
  previous_message: messageSchema.optional()
});

const itemSchema = z.looseObject({ channel: z.string(), ts: z.string().optional() });

/** Someone reacted to a message, or no longer does. */
export const reactionSchema = z.looseObject({
  user: z.string(),
  reaction: z.string(),
  item: itemSchema.extend({ type: z.literal('message'), ts: z.string() })
});

/** Someone came into a channel, or left it. */
export const memberSchema = z.looseObject({ user: z.string(), channel: z.string() });

/** A message was pinned, or is no longer. */
export const pinSchema = z.looseObject({
  user: z.string(),
  channel_id: z.string(),
  item: z.looseObject({ message: z.looseObject({ ts: z.string() }).optional() })
});

/** A channel was made or renamed. */
export const channelSchema = z.looseObject({
  channel: z.looseObject({
    id: z.string(),
    name: z.string(),
    creator: z.string().optional()
  })
});

/** What every event comes in. */
export const callbackSchema = z.looseObject({
  event_id: z.string(),
  event: z.looseObject({ type: z.string(), subtype: z.string().optional() })
});

/** Buttons were pressed. */
export const actionsSchema = z.looseObject({
  type: z.literal('block_actions'),
  user: z.looseObject({ id: z.string() }),
  channel: z.looseObject({ id: z.string() }),
  message: z.looseObject({ ts: z.string(), thread_ts: z.string().optional() }),
  actions: z.array(
    z.looseObject({
      action_id: z.string(),
      action_ts: z.string().optional(),
      value: z.string().optional()
    })
  )
});

/** A file of a message. */
export type SlackFile = z.infer<typeof fileSchema>;
