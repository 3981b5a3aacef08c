import { configurationOf } from './skills';

/** An address without a place to break it. */
export const LONG_ADDRESS = `https://status.example.org/incidents/${'2026-11-23-database-'.repeat(8)}end`;

/** A word as German makes them. */
export const LONG_WORD =
  'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

/** A workspace with skills that say what is wider than a panel, and what is read from the right. */
export const wideFiles: Record<string, string> = {
  'configuration.yaml': configurationOf('wide', 'mirsal'),
  'skills/wide/index.ts': `import { buttons, card, code, matchRegex, table } from 'chatops';

const address = '${LONG_ADDRESS}';
const word = '${LONG_WORD}';

export const report = matchRegex(/^report$/, { examples: ['report'] }, async message => {
  await message.respond([
    \`The incident of \${word}: \${address}\`,
    table(['web', 'db'].map(service => ({ service, state: 'up', region: 'eu-west-1', version: '1.4.2-rc.1', replicas: 3, latency: '21 ms', owner: 'platform@example.org' }))),
    card({ title: word, text: address, tone: 'warning', fields: { host: \`db-\${word}\`, since: '12:03' } }),
    code('export const checkpoint = await database.transaction(async connection => connection.query(statement, parameters));', 'typescript'),
    buttons({ label: \`Restart \${word}\`, value: 'restart' }, { label: 'Wait', value: 'wait' })
  ]);
});

export const markdown = matchRegex(/^markdown$/, async message => {
  await message.respond('# ' + word + '\\n\\n\`' + address + '\`\\n\\n| ' + 'a wide column | '.repeat(8) + '\\n|' + '-|'.repeat(8) + '\\n| ' + 'of numbers | '.repeat(8) + '\\n\\n> ' + word + '\\n\\n$' + 'x_1 + '.repeat(40) + 'y$');
});

export const broken = matchRegex(/^break$/, async () => {
  throw new Error(\`\${word} could not be reached at \${address}\`);
});
`,
  'skills/mirsal/index.ts': `import { buttons, card, matchRegex, table } from 'chatops';

export const hello = matchRegex(/مرحبا/, { examples: ['مرحبا'] }, async message => {
  await message.respond('أهلا وسهلا! كيف يمكنني مساعدتك اليوم؟');
});

export const status = matchRegex(/^حالة/, async message => {
  await message.respond([
    'الخدمات الآن، مثل web و db:',
    table([{ الخدمة: 'الموقع', الحالة: 'يعمل' }, { الخدمة: 'البيانات', الحالة: 'متوقف' }]),
    card({ title: 'قاعدة البيانات', text: 'لا جواب منذ ثلاث دقائق', tone: 'error', fields: { المضيف: 'db-1' } }),
    buttons({ label: 'أعد التشغيل', value: 'مرحبا', style: 'primary' }, { label: 'انتظر', value: 'انتظر' })
  ]);
});

export const shalom = matchRegex(/שלום/, async message => {
  await message.respond('**שלום!** מה שלומך?\\n\\n1. הפעל מחדש את \`web-1\`\\n2. הצג מצב');
});
`
};
