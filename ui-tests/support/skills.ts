/** A configuration with some skills of the workspace, and the tools of developers. */
export function configurationOf(...skills: string[]): string {
  return [
    'skills:',
    ...skills.flatMap(name => [`  - name: ${name}`, `    path: skills/${name}`]),
    '  - name: devtools',
    ''
  ].join('\n');
}

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
