import { configurationOf } from './skills';

/** A workspace with a skill that says everything that is more than text. */
export const richFiles: Record<string, string> = {
  'configuration.yaml': configurationOf('rich'),
  'skills/rich/index.ts': `import { buttons, card, code, file, image, matchParse, matchRegex, table } from 'chatops';

const dot = Uint8Array.from(atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='), c => c.charCodeAt(0));

export const status = matchRegex(/^status$/, { description: 'How the services are', examples: ['status'] }, async message => {
  await message.respond([
    'All of **production**:',
    table([{ service: 'web', state: 'up' }, { service: 'db', state: 'down' }]),
    card({ title: 'db', text: 'No answer for 3 minutes', tone: 'error', fields: { host: 'db-1', since: '12:03' }, url: 'https://example.org/db' }),
    code('replicas: 3\\nimage: web:1.4', 'yaml')
  ]);
});

export const files = matchRegex(/^files$/, async message => {
  await message.respond([
    image({ data: dot, name: 'dot.png', mimetype: 'image/png', alt: 'A dot' }),
    file({ data: new TextEncoder().encode('a,b'), name: 'numbers.csv', mimetype: 'text/csv' })
  ]);
});

export const restart = matchRegex(/^restart (?<service>\\w+)$/, { confirm: 'Restart {service}?', description: 'Restarts a service', examples: ['restart web', 'restart db'] }, async message => {
  await message.respond(\`restarted \${message.match.groups.service}\`);
});

export const drink = matchRegex(/^drink$/, async message => {
  const which = await message.choose('Tea or coffee?', ['tea', 'coffee']);
  await message.respond(\`one \${which} for \${message.user}\`);
});

export const links = matchRegex(/^menu$/, async message => {
  await message.respond(['What now?', buttons('status', { label: 'Stop', value: 'stop it', style: 'danger' })]);
});

export const stop = matchRegex(/^stop it$/, async message => {
  await message.respond('stopped');
});

export const story = matchRegex(/^story$/, async message => {
  const stream = await message.stream();
  await stream.write('# Once\\n\\nupon a **time**\\n\\n');
  for (const word of ['there ', 'was ', 'a ', 'bot.']) {
    await stream.write(word);
    await new Promise(resolve => setTimeout(resolve, 150));
  }
  await stream.end();
});

export const deploy = matchParse('deploy {service} to {place}', { description: 'Brings a service somewhere' }, async message => {
  const progress = await message.progress('Deploying');
  for (const value of [0.3, 0.6, 0.9]) {
    await progress.update(value);
    await new Promise(resolve => setTimeout(resolve, 300));
  }
  await progress.done('Deployed');
});

export const formula = matchRegex(/^formula$/, async message => {
  await message.respond('Euler: $e^{i\\\\pi} + 1 = 0$\\n\\n\`\`\`python\\ndef f(x):\\n    return x + 1\\n\`\`\`');
});
`
};
