import * as z from 'zod/mini';
import { whereSchema } from './error-record';

/** What a score is multiplied with when the author says nothing; opsdroid's default. */
export const DEFAULT_SCORE_FACTOR = 0.6;

/** How a pattern is held against a text; opsdroid's `matching_condition`. */
export const matchingConditionSchema = z.enum([
  /** Anywhere in the text. The default. */
  'search',
  /** From the start of the text. */
  'match',
  /** The whole text. */
  'fullmatch',
  /** Every place in the text. */
  'findall'
]);

/** How a pattern is held against a text. */
export type MatchingCondition = z.infer<typeof matchingConditionSchema>;

/** Where a matcher holds, or does not. All constraints of a matcher must accept an event. */
export const constraintSchema = z.object({
  /** What of the event is compared. */
  on: z.enum(['rooms', 'users', 'connectors']),
  values: z.array(z.string()),
  /** True when the matcher holds everywhere but there. */
  invert: z.boolean()
});

/** Where a matcher holds, or does not. */
export type Constraint = z.infer<typeof constraintSchema>;

/** A role that may use a matcher, as far as its condition allows. */
export const roleGrantSchema = z.object({
  role: z.string(),
  /** The values that arguments may have; any other value is a no. */
  when: z.optional(z.record(z.string(), z.array(z.string()))),
  /** True when a function of the skill decides; it is asked each time. */
  asks: z.optional(z.boolean())
});

/** A role that may use a matcher, as far as its condition allows. */
export type RoleGrant = z.infer<typeof roleGrantSchema>;

/** One argument of a command: a named group or field of its pattern. */
export const argumentSchema = z.object({
  description: z.optional(z.string()),
  /** The only values it may have. */
  choices: z.optional(z.array(z.string()))
});

/** One argument of a command. */
export type Argument = z.infer<typeof argumentSchema>;

/** What every matcher of a skill has: the part of its command record that is data. */
const common = {
  /** Unique within the skill: the export's name, with `#2` and so on for further matchers on it. */
  id: z.string(),
  /** The handler it calls; matchers that stand on one handler share it. */
  handler: z.string(),
  /** What the base score is multiplied with; 0.6 unless the author says otherwise. */
  scoreFactor: z.number(),
  /** What it is for, in the author's words. */
  description: z.optional(z.string()),
  /** Sentences that it should match. */
  examples: z.optional(z.array(z.string())),
  constraints: z.optional(z.array(constraintSchema)),
  /** What its named groups or fields stand for. */
  arguments: z.optional(z.record(z.string(), argumentSchema)),
  /** Who may: one of these is enough. Everyone when absent. */
  roles: z.optional(z.array(roleGrantSchema)),
  /** What has to be confirmed before the handler is called; `true` when a function of the skill words it. */
  confirm: z.optional(z.union([z.string(), z.literal(true)])),
  /** Roles that may confirm instead of the one who asked. */
  approvers: z.optional(z.array(z.string())),
  /** False for a command that only looks something up: a language model may propose it without being asked back. */
  sideEffects: z.optional(z.boolean()),
  /** Where the author wrote it. */
  where: z.optional(whereSchema)
};

/** A regular expression. */
export const regexMatcherSchema = z.object({
  ...common,
  kind: z.literal('regex'),
  /** The source text of the regular expression. */
  pattern: z.string(),
  /** Its flags, such as `i`. */
  flags: z.string(),
  condition: matchingConditionSchema,
  /** `opsdroid` for a pattern given as a text, which is read as Python reads it. */
  dialect: z.optional(z.literal('opsdroid'))
});

/** A format such as `deploy {service} to {place:w}`; opsdroid's `match_parse`. */
export const parseMatcherSchema = z.object({
  ...common,
  kind: z.literal('parse'),
  format: z.string(),
  caseSensitive: z.boolean(),
  /** `search` anywhere in the text, `match` the whole of it. */
  condition: z.enum(['search', 'match'])
});

/** What a sentence means, by examples, without any service. */
export const intentMatcherSchema = z.object({
  ...common,
  kind: z.literal('intent'),
  intent: z.string(),
  /** How alike a sentence must be to one of the examples, from 0 to 1. */
  threshold: z.number()
});

/** What a language service says a sentence means. */
export const nluMatcherSchema = z.object({
  ...common,
  kind: z.literal('nlu'),
  /** The parser of the configuration that is asked. */
  parser: z.string(),
  /** Which of its findings is compared. */
  field: z.enum(['intent', 'action']),
  value: z.string()
});

/** Every event. */
export const alwaysMatcherSchema = z.object({ ...common, kind: z.literal('always') });

/** What nothing else matched. */
export const catchallMatcherSchema = z.object({
  ...common,
  kind: z.literal('catchall'),
  /** False to be called for other events than messages too. */
  messagesOnly: z.boolean()
});

/** Events of one kind. */
export const eventMatcherSchema = z.object({
  ...common,
  kind: z.literal('event'),
  event: z.string(),
  /** What entities of the event must be. */
  filters: z.record(z.string(), z.unknown())
});

/** A schedule. */
export const crontabMatcherSchema = z.object({
  ...common,
  kind: z.literal('crontab'),
  schedule: z.string(),
  /** An IANA time zone; that of the configuration when absent. */
  timezone: z.optional(z.string())
});

/** A POST to `/skill/<skill>/<path>`. */
export const webhookMatcherSchema = z.object({
  ...common,
  kind: z.literal('webhook'),
  /** The part of the address behind the skill's name. */
  path: z.string(),
  /** How a caller proves itself, besides the token of the configuration. */
  signature: z.optional(
    z.object({
      /** The header that carries the signature, in small letters. */
      header: z.string(),
      algorithm: z.enum(['sha1', 'sha256', 'sha512']),
      /** What stands before the signature in the header. */
      prefix: z.string(),
      encoding: z.enum(['hex', 'base64']),
      /** The option in the skill's section of the configuration that holds the shared secret. */
      secret: z.string(),
      /** The header with the time of the call, and how many seconds it may differ from ours. */
      timestamp: z.optional(z.object({ header: z.string(), tolerance: z.number() })),
      /** What is signed, with `{body}` and `{timestamp}` for themselves; the body when absent. */
      signed: z.optional(z.string())
    })
  )
});

/** One matcher of a skill, as data: what it takes to match and to explain it, without its handler. */
export const matcherRecordSchema = z.discriminatedUnion('kind', [
  regexMatcherSchema,
  parseMatcherSchema,
  intentMatcherSchema,
  nluMatcherSchema,
  alwaysMatcherSchema,
  catchallMatcherSchema,
  eventMatcherSchema,
  crontabMatcherSchema,
  webhookMatcherSchema
]);

/** One matcher of a skill, as data. */
export type MatcherRecord = z.infer<typeof matcherRecordSchema>;

/** The kinds of matchers. */
export type MatcherKind = MatcherRecord['kind'];

/** The matcher record of one kind. */
export type MatcherRecordOf<K extends MatcherKind> = Extract<MatcherRecord, { kind: K }>;

/** A matcher in a few words, the way its author would recognise it. */
export function matcherText(record: MatcherRecord): string {
  switch (record.kind) {
    case 'regex': {
      const { pattern, flags, condition } = record;
      return `/${pattern}/${flags}${condition === 'search' ? '' : ` (${condition})`}`;
    }
    case 'parse':
      return `"${record.format}"${record.condition === 'search' ? ' (search)' : ''}`;
    case 'intent':
      return `intent ${record.intent}`;
    case 'nlu':
      return `${record.parser} ${record.field} ${record.value}`;
    case 'always':
      return 'every event';
    case 'catchall':
      return 'whatever nothing else matches';
    case 'event':
      return `event ${record.event}`;
    case 'crontab':
      return `schedule ${record.schedule}${record.timezone ? ` ${record.timezone}` : ''}`;
    case 'webhook':
      return `webhook ${record.path}`;
  }
}
