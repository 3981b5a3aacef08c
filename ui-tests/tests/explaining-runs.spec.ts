import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { configurationOf, skill } from '../support/skills';
import { expect, test, write } from '../support/test';

/** Something on the web: a shop that is open, and a language model that reads every text in one way. */
class Web {
  private readonly server: Server;

  constructor() {
    this.server = createServer(async (request, response) => {
      const { url: path = '' } = request;
      if (path === '/chat/completions') {
        response.end(answerOf(await text(request)));
      } else {
        response.writeHead(path.startsWith('/open') ? 200 : 503);
        response.end();
      }
    });
  }

  async start(): Promise<string> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(resolve => this.server.close(resolve));
  }
}

/** What a language model answers that takes everything for a restart of the web. */
function answerOf(body: string): string {
  const { messages } = JSON.parse(body) as { messages: { content: string }[] };
  const menu = messages[0]!.content.split('\n').find(line => line.startsWith('['))!;
  const commands = JSON.parse(menu) as { id: string; description?: string }[];
  const { id } = commands.find(({ description }) => description === 'Restarts a service.')!;
  const content = JSON.stringify({ command: id, sentence: 'restart web', confidence: 0.9 });
  return JSON.stringify({ choices: [{ message: { content } }] });
}

const web = new Web();
let url = '';

test.beforeAll(async () => {
  url = await web.start();
});
test.afterAll(() => web.stop());

const restart = `import { matchRegex } from 'chatops';

export const restart = matchRegex(
  /^restart (?<service>\\w+)$/,
  { description: 'Restarts a service.', examples: ['restart web'], roles: ['ops'] },
  async message => {
    await message.respond('restarted');
  }
);
`;

test('who may not is told so, and why', async ({ chat, lab }) => {
  write(
    lab.workspace,
    'configuration.yaml',
    `roles:\n  ops: ['Eve']\n${configurationOf('restart')}`
  );
  write(lab.workspace, 'skills/restart/index.ts', restart);
  await chat.open();
  await chat.say('restart web');
  await chat.question.getByRole('button', { name: 'not allowed by restart' }).click();
  const why = chat.question.getByRole('group', { name: 'Why' });
  await expect(why).toContainText('restart is not allowed.');
  await expect(why).toContainText(/ops/);
  await expect(why.getByRole('list', { name: 'What was captured' })).toContainText(/service\s*web/);
  await expect(why.getByRole('group', { name: 'The run of restart' })).toHaveCount(0);
});

test('what a skill asked of the web is listed with what came of it', async ({ chat, lab }) => {
  write(lab.workspace, 'configuration.yaml', configurationOf('shop'));
  write(
    lab.workspace,
    'skills/shop/index.ts',
    skill(
      '/^shop$/',
      `  await fetch('${url}/open?key=secret');
  await fetch('${url}/closed', { method: 'POST', body: '1' });
  await message.respond('asked');`
    )
  );
  await chat.open();
  await chat.say('shop');
  await chat.question.getByRole('button', { name: 'answered by shop' }).click();
  const run = chat.question.getByRole('group', { name: 'The run of shop' });
  await expect(run).toContainText(/GET\s*http:\/\/127\.0\.0\.1:\d+\/open 200 [\d.]+ ms/);
  await expect(run).toContainText(/POST\s*http:\/\/127\.0\.0\.1:\d+\/closed 503 [\d.]+ ms/);
  await expect(run).not.toContainText('secret');
});

test('what a language model took a text for is shown as its reading', async ({ chat, lab }) => {
  const parsers = `parsers:\n  - name: llm\n    model: any\n    url: ${url}\n`;
  write(lab.workspace, 'configuration.yaml', parsers + configurationOf('restart'));
  write(lab.workspace, 'skills/restart/index.ts', restart.replace(", roles: ['ops']", ''));
  await chat.open();
  await chat.say('could you give web a kick');
  await chat.question.getByRole('button', { name: 'restart asks first' }).click();
  const why = chat.question.getByRole('group', { name: 'Why' });
  const candidate = why.getByRole('list', { name: 'What matched, best first' }).locator('> li');
  await expect(candidate).toContainText('A language model read the text as:');
  await expect(candidate.locator('mark').first()).toContainText('restart');
  await expect(candidate.getByRole('list', { name: 'What was captured' })).toContainText(
    /service\s*web/
  );
  await candidate.getByText(/^Score/).click();
  await expect(candidate).toContainText('Score 0.54 = 0.9 × 0.6');
  await expect(candidate).toContainText('of the language service');
});
