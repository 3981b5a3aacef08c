import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { WebSocketServer } from 'ws';

/**
 * Hubot behind the smallest adapter for a websocket that will do: a frame comes in as a message, every
 * reply goes out as a frame, and so does the end of each message. Its scripts are loaded from a folder.
 */
const [socketFile, scripts, folder = '.'] = process.argv.slice(2);
process.env.HUBOT_LOG_LEVEL = 'error';
const require = createRequire(path.resolve(folder, 'package.json'));
/** @type {any} */
const hubot = await import(pathToFileURL(require.resolve('hubot')).href);
const { Adapter, Robot, TextMessage, User } = hubot;
/** @type {import('ws').WebSocket | undefined} */
let client;
class WebSocketAdapter extends /** @type {new (robot: any) => any} */ (Adapter) {
  async send(/** @type {any} */ envelope, /** @type {string[]} */ ...texts) {
    for (const text of texts) {
      client?.send(JSON.stringify({ type: 'reply', room: envelope.room, text }));
    }
  }

  async run() {
    this.emit('connected');
  }
}
const robot = new Robot(
  { use: (/** @type {any} */ robot) => new WebSocketAdapter(robot), name: 'websocket' },
  false,
  'bot'
);
await robot.loadAdapter();
if (scripts) {
  await robot.load(scripts);
}
const server = createServer();
const sockets = new WebSocketServer({ server });
sockets.on('connection', socket => {
  client = socket;
  socket.on('message', async data => {
    const { id, room, text } = JSON.parse(String(data));
    const user = new User('ann', { name: 'Ann', room });
    await robot.receive(new TextMessage(user, text, id));
    socket.send(JSON.stringify({ type: 'done', id }));
  });
});
server.listen(socketFile, () => process.send?.({ ready: true }));
process.on('disconnect', () => process.exit());
