import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

/** A websocket server that says back what it is told, and does nothing else. */
const [socketFile] = process.argv.slice(2);
const server = createServer();
const sockets = new WebSocketServer({ server });
sockets.on('connection', socket => {
  socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary }));
});
server.listen(socketFile, () => process.send?.({ ready: true }));
process.on('disconnect', () => process.exit());
