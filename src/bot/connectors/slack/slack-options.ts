import * as z from 'zod';

/** What the configuration may say of the Slack connector: opsdroid's keys, and some of ours. */
export const slackSchema = z.object({
  'bot-token': z
    .string()
    .min(1)
    .optional()
    .describe('The bot user token of the Slack app, `xoxb-…`; `token` means the same.'),
  token: z
    .string()
    .min(1)
    .optional()
    .describe('The bot user token of the Slack app, as `bot-token`.'),
  'app-token': z
    .string()
    .min(1)
    .optional()
    .describe('The app-level token for Socket Mode, `xapp-…`.'),
  'icon-emoji': z
    .string()
    .min(1)
    .optional()
    .describe(
      'The emoji beside what the bot says; the app needs the scope `chat:write.customize`.'
    ),
  'start-thread': z
    .boolean()
    .default(false)
    .describe('True when the bot answers in a thread below what it answers.'),
  'refresh-interval': z
    .number()
    .positive()
    .default(600)
    .describe('After how many seconds the names of channels are asked for again.'),
  'channel-limit': z
    .number()
    .int()
    .positive()
    .max(1000)
    .default(100)
    .describe('How many channels are asked for at once; all of them are read.'),
  'hear-bots': z
    .boolean()
    .default(false)
    .describe(
      'True when what other bots say is a message too. Two that answer each other never end.'
    ),
  'api-url': z
    .url({ protocol: /^https?$/ })
    .default('https://slack.com/api/')
    .describe('Where the Web API is: for tests, and for a gateway in front of Slack.')
});

/** What the configuration says of the Slack connector. */
export type SlackOptions = z.infer<typeof slackSchema>;
