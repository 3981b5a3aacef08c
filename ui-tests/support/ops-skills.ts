import { configurationOf, helloSkill } from './skills';

/** A workspace whose skills match in every way that there is something to explain about. */
export const opsFiles: Record<string, string> = {
  'configuration.yaml': configurationOf('deploy', 'coffee', 'weather', 'hello', 'counter'),
  'skills/hello/index.ts': helloSkill('/hello|hi/'),
  'skills/deploy/index.ts': `import { matchParse, matchRegex } from 'chatops';

export const deploy = matchParse(
  'deploy {service:w} to {place:w}',
  { description: 'Deploy a service.', examples: ['deploy web to staging'], confirm: 'Really deploy?' },
  async message => {
    await message.respond('Deployed.');
  }
);

export const status = matchRegex(
  /^deploy status(?: of (?<service>\\w+))?$/,
  { description: 'Show how far a deployment is.', examples: ['deploy status of web'] },
  async message => {
    await message.respond('All is up.');
  }
);
`,
  'skills/coffee/index.ts': `import { matchIntent } from 'chatops';

export const coffee = matchIntent(
  'make coffee',
  { examples: ['make me a coffee', 'please brew some coffee', 'I need an espresso'] },
  async message => {
    await message.respond('Coming up.');
  }
);
`,
  'skills/weather/index.ts': `import { matchRegex } from 'chatops';

export const weather = matchRegex(
  /weather in (?<city>\\w+)(?: (?<day>today|tomorrow))?/,
  { description: 'What the weather is like.', examples: ['weather in Exeter today'] },
  async message => {
    console.log('asked about', message.match.groups.city);
    await message.respond('Sunny');
  }
);
`,
  'skills/counter/index.ts': `import { matchAlways } from 'chatops';

export const count = matchAlways(async () => {
  console.log('one more');
});
`
};
