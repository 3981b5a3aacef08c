import * as z from 'zod';

/** `logging.level` in opsdroid's words and in ours. */
const level = z.enum(['debug', 'info', 'warning', 'error', 'critical']);

const seconds = z.number().positive();

/** How the bot writes its log. */
export const loggingSchema = z.object({
  level: level
    .default('info')
    .describe('How much is written: debug, info, warning, error or critical.'),
  path: z
    .union([z.string().min(1), z.literal(false)])
    .optional()
    .describe('The log file, or false for none. Default: .chatops/chatops.log in the workspace.'),
  console: z.boolean().default(false).describe('Also write to the terminal.'),
  format: z.enum(['text', 'json']).default('text').describe('Lines for people or for programs.'),
  'file-size': z
    .number()
    .positive()
    .default(50e6)
    .describe('When the file has this many bytes it is renamed to end in .1 and a new one begins.')
});

/** The bot's own web server: webhooks, figures, and what some connectors need. */
export const webSchema = z.object({
  host: z.string().default('127.0.0.1').describe('The address to listen on.'),
  port: z
    .number()
    .int()
    .min(0)
    .max(65535)
    .optional()
    .describe('The port; 0 for any free one. Default: 8080, or 8443 with `ssl`.'),
  token: z
    .string()
    .min(8)
    .optional()
    .describe('What a client must know. Needed beyond this machine.'),
  'webhook-token': z
    .string()
    .min(1)
    .optional()
    .describe('What a caller of a webhook must know, and no more than that.'),
  ssl: z
    .object({
      cert: z.string().min(1).describe('The file with the certificate, and those it rests on.'),
      key: z.string().min(1).describe('The file with its private key.')
    })
    .optional()
    .describe('Listen with HTTPS.'),
  'base-url': z
    .url('must be an address such as `https://bot.example.org`')
    .optional()
    .describe('The address that others reach the bot by, behind a proxy.'),
  base_url: z
    .url('must be an address such as `https://bot.example.org`')
    .optional()
    .describe('The same as `base-url`.'),
  origins: z
    .array(z.string())
    .default([])
    .describe('Web pages that may call the bot, such as `https://wiki.example.org`; `*` for any.'),
  cors: z
    .object({
      'allow-all': z.boolean().default(false).describe('Any web page may call the bot.'),
      origins: z.array(z.string()).default([]).describe('The same as `web.origins`.'),
      'allow-headers': z
        .array(z.string())
        .default([])
        .describe('Headers that pages may send, besides Authorization and Content-Type.')
    })
    .prefault({})
    .describe('Which web pages may call the bot; none when absent.'),
  'body-limit': z
    .number()
    .int()
    .positive()
    .default(1_000_000)
    .describe('How many bytes may be posted at once.'),
  timeout: seconds
    .default(60)
    .describe('How many seconds a request may take to arrive, and a webhook to answer.'),
  disable_web_index_handler_in_root: z
    .boolean()
    .default(false)
    .describe('True for no welcome at `/`.')
});

/** The chat panel. */
export const panelSchema = z.object({
  'speak-as': z
    .boolean()
    .default(false)
    .describe(
      'People may speak as others in the chat panel, with `/as NAME`, to try what holds for their roles.'
    )
});

/** How edited files are noticed. */
export const watchSchema = z.object({
  poll: seconds
    .optional()
    .describe(
      'Look at the files every so many seconds, for drives that do not tell of changes. Found out when absent.'
    )
});

/** What every connector may be told. Each reads further keys of its own. */
export const connectorSchema = z.looseObject({
  name: z.string().min(1),
  enabled: z.boolean().default(true),
  default: z
    .boolean()
    .default(false)
    .describe('True for where the bot speaks when nobody says where; else the first.'),
  'bot-name': z.string().min(1).optional().describe('What the bot is called there.'),
  'default-room': z
    .string()
    .min(1)
    .optional()
    .describe('Where the bot speaks when nobody says where.'),
  'thinking-delay': z
    .union([
      z.number().nonnegative(),
      z.tuple([z.number().nonnegative(), z.number().nonnegative()])
    ])
    .default(0)
    .describe('Seconds before each reply: a number, or the two ends of a range.'),
  'typing-delay': z
    .number()
    .nonnegative()
    .default(0)
    .describe('Seconds for each character of a reply.')
});

/** What every parser of natural language may be told. Each reads further keys of its own. */
export const parserSchema = z.looseObject({
  name: z.string().min(1),
  enabled: z.boolean().default(true),
  'min-score': z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe('What it finds counts only from this confidence on, 0 to 1.')
});

/** What every database may be told. Each reads further keys of its own. */
export const databaseSchema = z.looseObject({
  name: z.string().min(1),
  enabled: z.boolean().default(true)
});

/** Who holds which role. */
export const rolesSchema = z
  .record(z.string().min(1), z.array(z.string().min(1)))
  .describe(
    'For each role, the ids of the people who hold it, such as `alice` or `slack:U024BE7LH`.'
  );

/** What every skill may be told. The skill itself sees all its keys. */
export const skillSchema = z.looseObject({
  name: z
    .string()
    .regex(
      /^[A-Za-z][\w-]{0,63}$/,
      'must be letters, digits, `-` and `_`, beginning with a letter'
    ),
  path: z
    .string()
    .min(1)
    .optional()
    .describe('Its file, its notebook, or a folder with an index.ts.'),
  repo: z.string().min(1).optional().describe('The git repository to fetch it from.'),
  branch: z.string().min(1).optional().describe('The branch or tag of the repository.'),
  key_path: z.string().min(1).optional().describe('The ssh key that may read the repository.'),
  gist: z.string().min(1).optional().describe('The gist to fetch it from: its id or address.'),
  package: z.string().min(1).optional().describe('The npm package to fetch, or its archive.'),
  'no-dep': z
    .boolean()
    .default(false)
    .describe('True to leave the packages alone that its package.json names.'),
  'no-cache': z
    .boolean()
    .optional()
    .describe('Load it again when its files change. True for a path unless set to false.'),
  enabled: z.boolean().default(true).describe('False to leave it out.'),
  timeout: seconds.default(60).describe('How many seconds one run may take.'),
  'blocking-timeout': seconds
    .default(5)
    .describe('How many seconds it may keep the processor busy.')
});

/** The whole file, once both of its styles have become one. */
export const configurationSchema = z.object({
  'bot-name': z.string().min(1).default('chatops').describe('What the bot is called in rooms.'),
  logging: loggingSchema.prefault({}),
  web: webSchema.prefault({}),
  panel: panelSchema.prefault({}),
  watch: watchSchema.prefault({}),
  lang: z.string().min(2).default('en').describe('The language people write in.'),
  timezone: z
    .string()
    .default('UTC')
    .refine(isTimeZone, 'must be a time zone such as `Europe/Berlin`')
    .describe('The time zone of schedules that name none, such as `Europe/Berlin`.'),
  roles: rolesSchema.default({}),
  connectors: z.array(connectorSchema).default([]),
  databases: z.array(databaseSchema).default([]),
  parsers: z.array(parserSchema).default([]),
  skills: z.array(skillSchema).default([])
});

function isTimeZone(name: string): boolean {
  // The usual one needs no look into the system's tables, which takes a bot some time to open.
  if (name === 'UTC') {
    return true;
  }
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** opsdroid's keys that mean nothing here, by where they stand, and what became of them. */
export const retiredKeys: Readonly<Record<string, string>> = {
  'module-path': 'skills are loaded from where they lie, nothing is copied',
  autoreload:
    'skills with a path are loaded again when their files change, unless `no-cache` is false',
  'welcome-message': 'the panel shows what is live, and `chatops start` greets by itself',
  'web.command-center':
    '`chatops skill` and the panel show and change what the bot is made of; no web page does',
  'web.base-path': 'write it as part of `web.base-url`',
  'logging.rich': 'the terminal shows colours where it can',
  'logging.timestamp': 'every line has one',
  'logging.extended': 'every line names the part of the bot it comes from',
  'logging.formatter': '`format: json` gives lines for programs, which can show them in any way',
  'logging.filter': '`level` says how much is written, and `format: json` lets programs choose'
};

/** How the bot writes its log. */
export type LoggingConfig = z.infer<typeof loggingSchema>;

/** The bot's own web server. */
export type WebConfig = z.infer<typeof webSchema>;

/** One connector's section. */
export type ConnectorConfig = z.infer<typeof connectorSchema>;

/** One parser's section. */
export type ParserSection = z.infer<typeof parserSchema>;

/** One database's section. */
export type DatabaseSection = z.infer<typeof databaseSchema>;

/** One skill's section. */
export type SkillSection = z.infer<typeof skillSchema>;

/** The whole configuration, checked and with its defaults. */
export type ConfigurationValues = z.infer<typeof configurationSchema>;
