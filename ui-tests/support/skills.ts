/** A configuration with some skills of the workspace, and the tools of developers. */
export function configurationOf(...skills: string[]): string {
  return [
    'skills:',
    ...skills.flatMap(name => [`  - name: ${name}`, `    path: skills/${name}`]),
    '  - name: devtools',
    ''
  ].join('\n');
}

/** The configuration that the workshop of 2017 writes, word for word. */
export const seedConfiguration = `
################################################
##
## Our opsdroid configuration file
################################################

## Set the logging level and location
logging:
  level: debug
  path: $HOME/opsdroid/opsdroid.log
  console: false

## Connector modules
connectors:
  - name: shell

## Skill modules
skills:

  ## Our custom skill
  # This is the example skill we cloned from GitHub before that we will customise later. We are setting it
  # not to cache so that when we edit the code later opsdroid will reload it correctly.
  - name: myskill
    path: $HOME/opsdroid/skill-myskill
    no-cache: true

  ## Developer Tools - a skill which reloads all skills when you say \`reload\` to the bot.
  # NOTE: You don't need to specify a path for official skills, opsdroid will assume they are on GitHub
  # and try to download them automatically.
  - name: devtools
`;

/** A workspace with the skill that greets. */
export const helloFiles: Record<string, string> = {
  'configuration.yaml': configurationOf('hello'),
  'skills/hello/index.ts': helloSkill('/hi|hello|hey|hallo/')
};

/** A skill that answers with “Hello” and the person's name. */
export function helloSkill(pattern: string): string {
  return `import { matchRegex } from 'chatops';

export const hello = matchRegex(${pattern}, async (bot, config, message) => {
  await message.respond(\`Hello \${message.user}\`);
});
`;
}

/** A skill with one matcher and the body of its handler. */
export function skill(pattern: string, body: string): string {
  return `import { matchRegex } from 'chatops';

export const handler = matchRegex(${pattern}, async (bot, config, message) => {
${body}
});
`;
}
