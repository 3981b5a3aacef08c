import type { Message } from './message';

/** Values that are meant, or those that are not. */
export type Selection = readonly string[] | { readonly not: readonly string[] };

/** Which arguments a role may give: by their values, or as a function says. */
export type RoleCondition =
  | Readonly<Record<string, readonly string[]>>
  | ((args: Readonly<Record<string, any>>, message: Message) => boolean | Promise<boolean>);

/** Where and for whom a matcher holds. */
export interface ConstraintOptions {
  /** Only in these rooms, or in all but those. */
  rooms?: Selection;
  /** Only for these people, by name or id. Names can be chosen by anyone; what must be safe takes `roles`. */
  users?: Selection;
  /** Only for what came in by these connectors. */
  connectors?: Selection;
  /** Who may: one of these roles of the configuration is enough. Anything that goes wrong in a check is a no. */
  roles?: readonly string[] | Readonly<Record<string, true | RoleCondition>>;
}

/** What an author says about a command: help, validation, confirmation and tests live on it. */
export interface CommandOptions extends ConstraintOptions {
  /** What it is for, in a sentence that `help` shows. */
  description?: string;
  /** Sentences that it matches, for `help`, for suggestions and for `chatops test`. */
  examples?: readonly string[];
  /** What its named groups or fields stand for, and which values they may have. */
  arguments?: Readonly<
    Record<string, string | { description?: string; choices?: readonly string[] }>
  >;
  /**
   * What has to be confirmed before the handler is called: a text, in which `{name}` is replaced by an
   * argument, or a function of the arguments that returns one, or nothing to go ahead.
   */
  confirm?:
    | string
    | boolean
    | ((
        args: Readonly<Record<string, any>>,
        message: Message
      ) => string | false | null | undefined | Promise<string | false | null | undefined>);
  /** Roles that may confirm instead of the one who asked. */
  approvers?: readonly string[];
  /** False for a command that only looks something up: a language model may propose it without being asked back. */
  sideEffects?: boolean;
  /** What the score is multiplied with when several skills match: 0.6 unless said otherwise. */
  scoreFactor?: number;
}

/** What may be said about a regular expression besides. */
export interface RegexOptions extends CommandOptions {
  /**
   * How the pattern is held against the text: `search` anywhere in it (the default), `match` from
   * its start, `fullmatch` the whole of it, `findall` every place in it.
   */
  matchingCondition?: 'search' | 'match' | 'fullmatch' | 'findall';
  /** False to ignore the difference between capitals and small letters. */
  caseSensitive?: boolean;
}

/** What may be said about a format besides. */
export interface ParseOptions extends CommandOptions {
  /** `match` the whole text (the default), `search` anywhere in it. */
  matchingCondition?: 'match' | 'search';
  /** False to ignore the difference between capitals and small letters. */
  caseSensitive?: boolean;
}

/** What may be said about an intent besides. */
export interface IntentOptions extends CommandOptions {
  /** Sentences that mean it. A `{field}` in one stands for any text, and is captured. */
  examples: readonly string[];
  /** How alike a sentence must be to one of the examples, from 0 to 1; 0.6 unless said otherwise. */
  threshold?: number;
}

/** What may be said about a matcher of every event, or of what is left over. */
export interface ListenerOptions extends ConstraintOptions {
  description?: string;
}

/** What may be said about a matcher of what nothing else matches. */
export interface CatchallOptions extends ListenerOptions {
  /** False to be called for other events than messages too. */
  messagesOnly?: boolean;
}

/** What may be said about a schedule besides. */
export interface CrontabOptions {
  /** An IANA name such as `Europe/London`; that of the configuration when absent, or else UTC. */
  timezone?: string;
  description?: string;
}

/** What may be said about a webhook besides. */
export interface WebhookOptions {
  description?: string;
  /** How a caller proves itself, besides the token of the configuration. */
  signature?: {
    /** The header that carries it, such as `x-hub-signature-256`. */
    header: string;
    algorithm?: 'sha1' | 'sha256' | 'sha512';
    /** What stands before it in the header, such as `sha256=`. */
    prefix?: string;
    encoding?: 'hex' | 'base64';
    /** The option in the skill's section of the configuration that holds the shared secret. */
    secret: string;
    /**
     * The header with the time of the call, such as `x-slack-request-timestamp`. With it, a call that
     * is old or was made before is turned away.
     */
    timestamp?: string;
    /** How many seconds that time may differ from the bot's; 300 unless said otherwise. */
    tolerance?: number;
    /**
     * What is signed, such as `v0:{timestamp}:{body}` for Slack. When absent, the body alone; with a
     * `timestamp`, `{timestamp}.{body}`.
     */
    signed?: string;
  };
}
