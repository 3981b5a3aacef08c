import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { configurationOf, helloFiles } from '../support/skills';
import { expect, test, write } from '../support/test';

const name = 'configuration.yaml';

test.describe('a configuration that is no YAML', () => {
  test.use({
    files: { ...helloFiles, [name]: 'skills:\n  - name: hello\n   path: skills/hello\n' }
  });

  test('is told with its line, and holds as soon as it is mended', async ({ chat, lab, page }) => {
    await chat.open();
    await expect(chat.panel.getByText('Ready · 1 skill live: devtools')).toBeVisible();
    await expect(chat.last).toContainText('The configuration is not valid YAML');
    await expect(chat.last).toContainText('path: skills/hello');
    await chat.last.getByRole('button', { name: /^configuration\.yaml:3:\d+$/ }).click();
    await expect(page.getByText(/^Ln 3, Col /)).toBeVisible();
    write(lab.workspace, name, configurationOf('hello'));
    await expect(chat.panel.getByText('Ready · 2 skills live: hello, devtools')).toBeVisible();
    await chat.say('hello');
    await expect(chat.answer).toContainText('Hello');
  });
});

test.describe('a configuration with mistakes', () => {
  test.use({
    files: {
      ...helloFiles,
      [name]: `${configurationOf('hello', 'hello', 'ghost')}conectors:\n  - name: shell\n`
    }
  });

  test('is told all of them, and the rest works', async ({ chat }) => {
    await chat.open();
    await expect(chat.message('There are two skills named hello')).toBeVisible();
    await expect(chat.message('The path of the skill ghost does not exist')).toBeVisible();
    await expect(chat.message('did you mean connectors')).toBeVisible();
    await chat.say('hello');
    await expect(chat.question).toContainText('answered by hello');
  });
});

test('a port that something else uses is told, and the chat goes on', async ({ chat, lab }) => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  try {
    await chat.open();
    write(
      lab.workspace,
      name,
      `web:\n  port: ${port}\nconnectors:\n  - name: websocket\n${configurationOf()}`
    );
    await expect(chat.message(`The port ${port} on 127.0.0.1 is in use`)).toBeVisible();
    await chat.say('help');
    await expect(chat.question).toContainText('answered by devtools');
  } finally {
    other.close();
  }
});
