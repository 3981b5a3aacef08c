/** The functions of `chatops` that cells have as methods of `bot`, where they make a handler live at once. */
export const liveMethods = [
  'matchRegex',
  'matchParse',
  'matchIntent',
  'matchAlways',
  'matchCatchall',
  'matchEvent',
  'matchCrontab',
  'matchWebhook',
  'matchDialogflowAction',
  'matchDialogflowIntent',
  'matchLexIntent',
  'matchLuisaiIntent',
  'matchRasanlu',
  'matchWatson',
  'matchWitai',
  'constrainRooms',
  'constrainUsers',
  'constrainConnectors'
] as const;

/** What `bot` has besides, in the words of TypeScript: with the types of `chatops`. */
export const liveBotType = [
  '{',
  "  /** Answers the chat from this cell: a regular expression or a format such as 'deploy {service}', and a handler. */",
  '  hear: {',
  ...[
    'pattern: RegExp | string',
    "pattern: RegExp | string, options: import('chatops').RegexOptions"
  ].flatMap(parameters => [
    // The short form first: from it TypeScript knows what `message` is.
    `    (${parameters}, handler: import('chatops').ShortHandler): import('chatops').Matched;`,
    `    (${parameters}, handler: import('chatops').FullHandler): import('chatops').Matched;`,
    `    (${parameters}, handler: import('chatops').Matched): import('chatops').Matched;`
  ]),
  '  };',
  '  /** What this notebook remembers, as long as the bot does. */',
  "  memory: import('chatops').BotMemory;",
  '  /** Says something without being asked. */',
  "  send: import('chatops').Bot['send'];",
  '  /** Lets an event come in as if a connector had brought it. */',
  "  fire: import('chatops').Bot['fire'];",
  ...liveMethods.map(name => `  ${name}: typeof import('chatops').${name};`),
  '}'
].join('\n');
