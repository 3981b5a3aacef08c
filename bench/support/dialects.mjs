/** @typedef {'echo' | 'hubot' | 'chatops'} DialectName */

/**
 * What a frame says to whoever waits for a message to be handled.
 *
 * @typedef {{ done: string } | 'reply' | undefined} News
 */

/**
 * How one talks to a server, by what is sent and what comes back.
 *
 * @typedef {object} Dialect
 * @property {object} [hello] - what is sent before anything else; it is answered by one frame.
 * @property {(id: string, text: string) => object} say
 * @property {(frame: any) => News} read
 * @property {boolean} replies - whether what hits a skill is replied to.
 */

const ROOM = 'general';

/** @type {Record<DialectName, () => Dialect>} */
export const dialects = {
  echo: () => ({
    say: (id, text) => ({ type: 'say', id, room: ROOM, text }),
    read: ({ id }) => ({ done: id }),
    replies: false
  }),
  hubot: () => ({
    say: (id, text) => ({ type: 'say', id, room: ROOM, text }),
    read: ({ type, id }) => (type === 'done' ? { done: id } : 'reply'),
    replies: true
  }),
  chatops: () => {
    /** @type {Map<number, string>} */
    const waiting = new Map();
    return {
      hello: {
        type: 'hello',
        protocol: 1,
        client: { name: 'bench', version: '0' },
        rooms: [{ room: ROOM }]
      },
      say: (id, text) => ({ type: 'say', id, room: ROOM, text }),
      read: frame => {
        if (frame.type === 'ack') {
          waiting.set(frame.seq, frame.re);
        } else if (frame.type === 'message' && waiting.has(frame.message.answers)) {
          return 'reply';
        } else if (frame.type === 'handled') {
          const done = waiting.get(frame.seq);
          waiting.delete(frame.seq);
          return done === undefined ? undefined : { done };
        }
        return undefined;
      },
      replies: true
    };
  }
};
