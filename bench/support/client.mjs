import { WebSocket } from 'ws';

/**
 * Opens a websocket.
 *
 * @param {string} url
 * @returns {Promise<WebSocket>}
 */
export async function openSocket(url) {
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return socket;
}

/** A client of the panel's protocol, as thin as can be. */
export class Client {
  /** @type {((frame: any) => void)[]} */
  #listeners = [];
  #count = 0;

  /** @param {WebSocket} socket */
  constructor(socket) {
    this.socket = socket;
    socket.on('message', data => {
      const frame = JSON.parse(String(data));
      for (const listener of this.#listeners.slice()) {
        listener(frame);
      }
    });
  }

  /**
   * One that was greeted by the bot.
   *
   * @param {string} url
   * @param {string[]} [rooms] - that it follows.
   * @returns {Promise<Client>}
   */
  static async greeted(url, rooms = ['general']) {
    const client = new Client(await openSocket(url));
    const greeted = client.next(frame => frame.type === 'ready');
    client.send({
      type: 'hello',
      protocol: 1,
      client: { name: 'bench', version: '0' },
      rooms: rooms.map(room => ({ room })),
      // As the panel, kernels and the command line do.
      keepsSkills: true
    });
    await greeted;
    return client;
  }

  /** @param {object} frame */
  send(frame) {
    this.socket.send(JSON.stringify(frame));
  }

  /** @param {(frame: any) => void} listener */
  onFrame(listener) {
    this.#listeners.push(listener);
  }

  /**
   * The next frame that satisfies a condition.
   *
   * @param {(frame: any) => boolean} condition
   * @returns {Promise<any>}
   */
  next(condition) {
    return new Promise((resolve, reject) => {
      const closed = () => reject(new Error('the connection was closed'));
      this.socket.once('close', closed);
      /** @param {any} frame */
      const listener = frame => {
        if (condition(frame)) {
          this.#listeners.splice(this.#listeners.indexOf(listener), 1);
          this.socket.off('close', closed);
          resolve(frame);
        }
      };
      this.#listeners.push(listener);
    });
  }

  /**
   * Asks for something that is answered by one frame.
   *
   * @param {object} frame - without its id.
   * @returns {Promise<any>} the answer.
   * @throws {Error} when the bot refuses.
   */
  async request(frame) {
    const id = this.#nextId();
    const answered = this.next(answer => answer.re === id);
    this.send({ ...frame, id });
    const answer = await answered;
    if (answer.type === 'error') {
      throw new Error(JSON.stringify(answer.error));
    }
    return answer;
  }

  /**
   * Makes a source the live version of a skill.
   *
   * @param {string} name
   * @param {string} source
   * @throws {Error} when it is not live afterwards.
   */
  async save(name, source) {
    const { change } = await this.request({ type: 'skill.save', name, source });
    if (change.kind !== 'changed' && change.kind !== 'added') {
      throw new Error(JSON.stringify(change));
    }
  }

  /**
   * Says something. Resolves with what was answered, once that is all.
   *
   * @param {string} text
   * @param {string} [room]
   * @returns {Promise<string[]>}
   */
  async ask(text, room = 'general') {
    const id = this.#nextId();
    /** @type {string[]} */
    const answers = [];
    let seq = -1;
    const ended = this.next(frame => {
      if (frame.type === 'ack' && frame.re === id) {
        seq = frame.seq;
      } else if (frame.type === 'message' && frame.message.answers === seq) {
        answers.push(frame.message.text);
      }
      return frame.type === 'handled' && frame.seq === seq;
    });
    this.send({ type: 'say', id, room, text });
    await ended;
    return answers;
  }

  close() {
    this.socket.close();
  }

  #nextId() {
    return `${process.pid}-${++this.#count}`;
  }
}
