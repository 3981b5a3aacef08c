/** An intent as an author would write it, and what people say who mean it. */
export interface EvaluatedIntent {
  name: string;
  examples: readonly string[];
  /** Sentences that are none of the examples. */
  heldOut: readonly string[];
}

/** A dozen intents of an operations team. They were written before any figure was looked at. */
export const evaluatedIntents: readonly EvaluatedIntent[] = [
  {
    name: 'restart a server',
    examples: [
      'restart {server}',
      'please reboot {server}',
      'the server hangs, restart it',
      'bounce the web server'
    ],
    heldOut: [
      'could you reboot the web server please',
      'restart web1',
      'can you bounce the server',
      'the web server hangs again',
      'we need a reboot of the server',
      'pls restart the server now'
    ]
  },
  {
    name: 'deploy a service',
    examples: [
      'deploy {service} to {stage}',
      'ship the new version to production',
      'roll out the release',
      'push the build live'
    ],
    heldOut: [
      'deploy checkout to staging',
      'please roll out the new release',
      'can we ship this version',
      'ship it to production',
      'push the new build to production',
      'roll the release out now'
    ]
  },
  {
    name: 'roll back a deployment',
    examples: [
      'roll back {service}',
      'undo the last deployment',
      'go back to the previous version',
      'revert the release'
    ],
    heldOut: [
      'undo the deployment',
      'please revert the last release',
      'we have to go back to the old version',
      'roll back checkout',
      'revert to the previous version',
      'can you undo the last deploy'
    ]
  },
  {
    name: 'show disk space',
    examples: [
      'how much disk space is left',
      'show disk usage',
      'is the disk full',
      'free space on {server}'
    ],
    heldOut: [
      'how full is the disk',
      'show me the disk usage',
      'how much space is left on the disk',
      'do we have free disk space',
      'disk usage please',
      'is there any disk space left'
    ]
  },
  {
    name: 'who is on call',
    examples: [
      'who is on call',
      'who has pager duty today',
      'show the on-call schedule',
      'whom do I call tonight'
    ],
    heldOut: [
      'who is on call tonight',
      'who has the pager',
      'on-call schedule please',
      'who is on pager duty',
      'tell me who is on call this week',
      'show me the on call schedule'
    ]
  },
  {
    name: 'status of a service',
    examples: [
      'is {service} up',
      'status of {service}',
      'how are the services doing',
      'is anything down'
    ],
    heldOut: [
      'is the shop up',
      'what is the status of the services',
      'are any services down',
      'how is the service doing',
      'is something down',
      'status of checkout'
    ]
  },
  {
    name: 'open an incident',
    examples: [
      'open an incident',
      'create a new incident for {service}',
      'declare an outage',
      'we have a major outage'
    ],
    heldOut: [
      'please open a new incident',
      'declare an incident',
      'create an incident',
      'we have an outage',
      'open an incident for the shop',
      'this is a major incident'
    ]
  },
  {
    name: 'show logs',
    examples: [
      'show the logs of {service}',
      'tail the log',
      'what does the log say',
      'last errors in the log'
    ],
    heldOut: [
      'show me the logs',
      'can I see the log of checkout',
      'tail the logs of the shop',
      'any errors in the logs',
      'what do the logs say',
      'show the last log errors'
    ]
  },
  {
    name: 'create a backup',
    examples: [
      'back up the database',
      'make a backup of {server}',
      'start the backup now',
      'save a snapshot'
    ],
    heldOut: [
      'please make a backup',
      'start a backup of the database',
      'make a snapshot of the database',
      'can you back up the database now',
      'save a backup',
      'run the database backup'
    ]
  },
  {
    name: 'scale a service',
    examples: [
      'scale {service} to {count}',
      'add more workers',
      'we need more instances',
      'increase the number of replicas'
    ],
    heldOut: [
      'add two more workers',
      'scale checkout to 5',
      'increase the replicas',
      'we need more workers',
      'add more instances please',
      'can you increase the number of workers'
    ]
  },
  {
    name: 'rotate a certificate',
    examples: [
      'renew the certificate',
      'when does the certificate expire',
      'rotate the TLS certificates',
      'is the ssl cert still valid'
    ],
    heldOut: [
      'please renew the tls certificate',
      'is the certificate still valid',
      'rotate the certificates',
      'does the ssl certificate expire soon',
      'renew the ssl cert',
      'when do the certificates expire'
    ]
  },
  {
    name: 'forecast the weather',
    examples: [
      'what is the weather in {city}',
      'will it rain today',
      'weather forecast for tomorrow',
      'how warm will it get'
    ],
    heldOut: [
      'will it rain tomorrow',
      'weather for today',
      "what's the weather like",
      'how is the weather tomorrow',
      'weather forecast please',
      'how warm is it today'
    ]
  }
];

/** What people say to each other in the same rooms, and no bot is meant. */
export const outOfScope: readonly string[] = [
  'good morning everyone',
  'who wants to join for lunch',
  'I will be late today',
  'thanks, that was quick',
  'the new coffee machine is great',
  'can someone review my pull request',
  'meeting starts in five minutes',
  'how was your weekend',
  'please read the new travel policy',
  'the train is late again',
  'does anyone know a good dentist',
  'happy birthday Ann',
  'what is for lunch today',
  'I am back from holiday',
  'is the printer on the second floor working',
  'who has the key to the meeting room',
  'we need more chairs',
  'see you tomorrow',
  'the last train leaves at ten',
  'how do I spell necessary'
];

/** Half a dozen intents of a help desk, with which nothing was tuned. */
export const helpDesk: readonly EvaluatedIntent[] = [
  {
    name: 'reset a password',
    examples: ['I forgot my password', 'reset the password of {user}', 'my account is locked'],
    heldOut: [
      'please reset my password',
      'I have forgotten the password',
      'the account of Ben is locked',
      'can you reset the password for me'
    ]
  },
  {
    name: 'book a room',
    examples: ['book a meeting room for {time}', 'is there a free room', 'reserve the big room'],
    heldOut: [
      'I need to book a meeting room',
      'can you reserve a room',
      'is a meeting room free',
      'book the big room please'
    ]
  },
  {
    name: 'request a laptop',
    examples: ['I need a new laptop', 'order a laptop for {user}', 'my laptop is broken'],
    heldOut: [
      'could I get a new laptop',
      'please order a new laptop',
      'the laptop broke',
      'we have to order laptops'
    ]
  },
  {
    name: 'vpn trouble',
    examples: ['the vpn does not work', 'I cannot connect to the vpn', 'vpn keeps disconnecting'],
    heldOut: [
      "my vpn doesn't work",
      'I can not connect to vpn',
      'the vpn is disconnecting all the time',
      'vpn does not connect'
    ]
  },
  {
    name: 'ask for leave',
    examples: [
      'I want to take a day off',
      'how many vacation days are left',
      'request leave from {day}'
    ],
    heldOut: [
      'can I take friday off',
      'how many vacation days do I have left',
      'request two days of leave',
      'I would like to take some days off'
    ]
  },
  {
    name: 'Urlaub beantragen',
    examples: [
      'ich möchte Urlaub beantragen',
      'Urlaub von {start} bis {ende}',
      'wie viele Urlaubstage habe ich'
    ],
    heldOut: [
      'bitte Urlaub beantragen',
      'wie viele Urlaubstage sind übrig',
      'ich will einen Urlaubsantrag stellen',
      'kann ich Urlaub beantragen'
    ]
  }
];

/** What is said at the same help desk, and no bot is meant. */
export const helpDeskTalk: readonly string[] = [
  'did you see the game last night',
  'the room is too cold',
  'who took my charger',
  'my train was cancelled',
  'wer kommt mit zum Essen',
  'I forgot my umbrella',
  'the new intern starts on monday',
  'this account manager is great',
  'there is cake in the kitchen',
  'das Wetter ist schön heute'
];

/** What must not be done, in the words of what is to be done. */
export const negated: readonly string[] = [
  'do not restart the web server',
  "don't roll back the release",
  'never deploy the release to production',
  'please don’t make a backup now',
  'you must not scale checkout to 5',
  'bitte nicht restart the server'
];
