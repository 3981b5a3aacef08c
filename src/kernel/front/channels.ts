import { createId } from '../../protocol';
import {
  createHeader,
  decodeMessage,
  encodeMessage,
  Signer,
  type ConnectionInfo,
  type Header,
  type JsonObject,
  type Message
} from '../wire';
import { Echo, Publisher, Router } from '../zmtp';

/** The channels that requests come in by. */
export type RequestChannel = 'shell' | 'control';

/** A request, and the channel it came in by. */
export interface Request extends Message {
  channel: RequestChannel;
}

/** Who is told of what arrives. */
export interface ChannelListener {
  request(request: Request): void;
  /** The answer to a question that a cell asked. */
  input(message: Message): void;
}

/** What may go along with a message. */
export interface MessageExtras {
  metadata?: JsonObject;
  buffers?: Uint8Array[];
  /** False for a message that may wait a few milliseconds for others to go with. */
  hurried?: boolean;
}

/**
 * How long the first requests wait for someone to listen to the output, in milliseconds. A client that
 * tries to reach both channels again and again gets through to one of them up to 200 ms before it
 * gets through to the other (libzmq, ZMQ_RECONNECT_IVL).
 */
const AUDIENCE_PATIENCE = 500;

/** A kernel's five sockets, as messages instead of bytes. */
export class Channels {
  /** Identifies this run of the kernel in its messages. */
  readonly session = createId();

  /** The requests that came before anyone listened to the output; what they lead to would be lost. */
  private early: Request[] | undefined = [];
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private listener: ChannelListener | undefined;
  /** What came before there was a listener. */
  private readonly unheard: ((listener: ChannelListener) => void)[] = [];
  /** What may wait for others to go with. */
  private readonly unhurried: Message[] = [];

  private readonly signer: Signer;
  private readonly sockets: Record<RequestChannel | 'stdin', Router>;
  private readonly iopub: Publisher;
  private readonly heartbeat = new Echo();

  constructor(private readonly connection: ConnectionInfo) {
    this.signer = new Signer(connection.key, connection.hash);
    this.sockets = {
      shell: this.router(message => this.take({ ...message, channel: 'shell' })),
      control: this.router(message =>
        this.tell(listener => listener.request({ ...message, channel: 'control' }))
      ),
      stdin: this.router(message => this.tell(listener => listener.input(message)))
    };
    this.iopub = new Publisher((topic, send) => {
      // Tells a client that it hears us now (JEP 65), so that it need not poll before its first request.
      const welcome = this.message('iopub_welcome', { subscription: topic }, {});
      send(encodeMessage({ ...welcome, identities: [Buffer.from(topic, 'latin1')] }, this.signer));
      this.begin();
    });
  }

  /** Opens all five. */
  async bind(): Promise<void> {
    const { endpoints } = this.connection;
    await Promise.all([
      this.sockets.shell.bind(endpoints.shell),
      this.sockets.control.bind(endpoints.control),
      this.sockets.stdin.bind(endpoints.stdin),
      this.iopub.bind(endpoints.iopub),
      this.heartbeat.bind(endpoints.hb)
    ]);
  }

  /** Tells a listener of all that arrives, and of what has arrived before. */
  serve(listener: ChannelListener): void {
    this.listener = listener;
    this.unheard.splice(0).forEach(tell => tell(listener));
  }

  /** Answers a request. */
  reply(request: Request, content: JsonObject, extras: MessageExtras = {}): void {
    const type = request.header.msg_type.replace(/_request$/, '_reply');
    const message = this.message(type, content, request.header, extras);
    this.sockets[request.channel].send(
      request.identities[0] ?? Buffer.alloc(0),
      // The first name is the way back and is taken off by the socket itself.
      encodeMessage({ ...message, identities: request.identities.slice(1) }, this.signer)
    );
  }

  /** Tells everyone. */
  publish(
    type: string,
    content: JsonObject,
    parent: Message['parentHeader'],
    extras: MessageExtras = {}
  ): void {
    const message = this.message(type, content, parent, extras);
    if (extras.hurried === false) {
      if (this.unhurried.push(message) === 1) {
        // Signed once the cell has been handed on, while the other thread is at work.
        setImmediate(() => this.sendUnhurried());
      }
    } else {
      this.sendUnhurried();
      this.send(message, true);
    }
  }

  /** Asks the one who sent a request something. False when that one listens no more. */
  ask(request: Request, prompt: string, password: boolean): boolean {
    const message = this.message('input_request', { prompt, password }, request.header);
    return this.sockets.stdin.send(
      request.identities[0] ?? Buffer.alloc(0),
      encodeMessage(message, this.signer)
    );
  }

  /** True while all who listen to the output keep up with it. */
  get fluent(): boolean {
    return this.iopub.fluent;
  }

  /** Resolves when they do. */
  whenFluent(): Promise<void> {
    return this.iopub.whenFluent();
  }

  close(): void {
    clearTimeout(this.waiting);
    for (const socket of [...Object.values(this.sockets), this.iopub, this.heartbeat]) {
      socket.close();
    }
  }

  private sendUnhurried(): void {
    this.unhurried.splice(0).forEach(message => this.send(message, false));
  }

  private send(message: Message, hurried: boolean): void {
    const topic = Buffer.from(`kernel.${this.session}.${message.header.msg_type}`);
    this.iopub.send(encodeMessage({ ...message, identities: [topic] }, this.signer), hurried);
  }

  private tell(tell: (listener: ChannelListener) => void): void {
    if (this.listener) {
      tell(this.listener);
    } else {
      this.unheard.push(tell);
    }
  }

  private take(request: Request): void {
    if (this.early) {
      this.early.push(request);
      this.waiting ??= setTimeout(() => this.begin(), AUDIENCE_PATIENCE);
    } else {
      this.tell(listener => listener.request(request));
    }
  }

  /** Takes requests from now on, those that came early first. */
  private begin(): void {
    clearTimeout(this.waiting);
    const { early = [] } = this;
    this.early = undefined;
    early.forEach(request => this.tell(listener => listener.request(request)));
  }

  private router(take: (message: Message) => void): Router {
    return new Router((sender, parts) => {
      const message = decodeMessage(parts, this.signer);
      // What is not signed as agreed is nobody we know; there is no answer to that.
      if (message) {
        take({ ...message, identities: [sender, ...message.identities] });
      }
    });
  }

  private message(
    type: string,
    content: JsonObject,
    parentHeader: Header | Record<string, never>,
    extras: MessageExtras = {}
  ): Message {
    return {
      identities: [],
      header: createHeader(type, this.session),
      parentHeader,
      metadata: extras.metadata ?? {},
      content,
      buffers: extras.buffers ?? []
    };
  }
}
