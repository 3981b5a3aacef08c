import { openSocket } from './client.mjs';
import { dialects } from './dialects.mjs';

/**
 * Someone who says one thing at a time to a server.
 *
 * @param {string} url
 * @param {import('./dialects.mjs').DialectName} name
 */
export async function talk(url, name) {
  const { hello, say, read } = dialects[name]();
  const socket = await openSocket(url);
  if (hello) {
    await new Promise(resolve => {
      socket.once('message', resolve);
      socket.send(JSON.stringify(hello));
    });
  }
  let said = 0;
  return {
    /**
     * Says something. Resolves with the number of replies when it was handled.
     *
     * @param {string} text
     * @returns {Promise<number>}
     */
    say: text =>
      new Promise(resolve => {
        const id = `${process.pid}-${said++}`;
        let replies = 0;
        /** @param {import('ws').RawData} data */
        const listener = data => {
          const news = read(JSON.parse(String(data)));
          if (news === 'reply') {
            replies++;
          } else if (news && news.done === id) {
            socket.off('message', listener);
            resolve(replies);
          }
        };
        socket.on('message', listener);
        socket.send(JSON.stringify(say(id, text)));
      }),
    close: () => socket.close()
  };
}
