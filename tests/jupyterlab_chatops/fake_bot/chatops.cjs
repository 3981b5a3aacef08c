/*
 * A stand-in for the bot's program that keeps a diary of what reaches it: each line of `diary.jsonl`
 * in the workspace is one event. The workspace's `fake.json` says how it misbehaves.
 */
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const os = require('node:os');
const path = require('node:path');
const { WebSocketServer } = require('ws');

const [command, flag, workspace] = process.argv.slice(2);
const file = name => path.join(workspace, name);
const read = name => JSON.parse(fs.readFileSync(file(name), 'utf8'));
const write = (event, details) =>
  fs.appendFileSync(file('diary.jsonl'), `${JSON.stringify({ event, ...details })}\n`);

if (command === 'ensure' && flag === '--workspace') {
  ensure();
} else if (command === 'serve') {
  serve();
} else {
  console.log(JSON.stringify(process.argv.slice(2)));
  process.exit(3);
}

function ensure() {
  const behaviour = fs.existsSync(file('fake.json')) ? read('fake.json') : {};
  write('ensure', { environment: process.env });
  if (behaviour.error) {
    console.log(JSON.stringify({ error: behaviour.error }));
    process.exit(1);
  }
  if (behaviour.crash) {
    console.error(behaviour.crash);
    process.exit(7);
  }
  if (behaviour.hang) {
    setInterval(() => {}, 1000);
    return;
  }
  fs.rmSync(file('bot.json'), { force: true });
  const port = behaviour.tcp ? ['tcp'] : [];
  const bot = spawn(process.execPath, [__filename, 'serve', flag, workspace, ...port], {
    detached: true,
    stdio: 'ignore'
  });
  bot.unref();
  const timer = setInterval(() => {
    if (fs.existsSync(file('bot.json'))) {
      clearInterval(timer);
      console.log(JSON.stringify({ ...read('bot.json'), managed: behaviour.managed ?? true }));
    }
  }, 10);
}

function serve() {
  const server = http.createServer();
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (socket, request) => {
    write('open', { path: request.url, headers: request.headers });
    socket.on('close', code => {
      write('close', { path: request.url, code });
      // Like the bot: nobody there any more, so it leaves.
      if (sockets.clients.size === 0) {
        process.exit();
      }
    });
    socket.on('message', (data, isBinary) => answer(socket, data, isBinary));
  });
  process.on('SIGTERM', () => {
    // Like the bot, which has skills and a journal to close.
    setTimeout(() => {
      write('terminated');
      process.exit();
    }, 200);
  });
  // Nobody came: the test was broken off.
  setTimeout(() => sockets.clients.size > 0 || process.exit(), 20_000);
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fake-bot-'));
  const address =
    process.argv[5] === 'tcp' ? { host: '127.0.0.1', port: 0 } : { path: path.join(folder, 's') };
  process.on('exit', () => fs.rmSync(folder, { recursive: true, force: true }));
  server.listen(address, () => {
    const where = address.path
      ? { socket: address.path }
      : { host: '127.0.0.1', port: server.address().port, token: 'bot-token' };
    // Renamed into place, so that nobody reads half of it.
    fs.writeFileSync(
      file('bot.json.new'),
      JSON.stringify({ workspace, pid: process.pid, version: '1', ...where })
    );
    fs.renameSync(file('bot.json.new'), file('bot.json'));
  });
}

/** Sends back what it gets, unless it is told otherwise. */
function answer(socket, data, isBinary) {
  const [order, ...values] = isBinary ? [] : String(data).split(' ');
  if (order === 'close') {
    socket.send('last words');
    socket.close(Number(values[0]), values[1]);
  } else if (order === 'count') {
    for (let i = 0; i < Number(values[0]); i++) {
      socket.send(String(i));
    }
  } else {
    socket.send(data, { binary: isBinary });
  }
}
