import type { MarkedFromSession, OutputRingReader, StreamName } from '../thread';

/** How long text is gathered before it is sent, in milliseconds: one message instead of hundreds. */
const GATHER = 12;

/** The longest text of one stream message, in UTF-16 code units. */
const LONGEST = 512 * 1024;

/** How much text is sent before other work gets its turn, in UTF-16 code units. */
const TURN = 4 * LONGEST;

/** Where what comes out of the session goes to. */
export interface OutputSink {
  stream(name: StreamName, cell: number, text: string): void;
  marked(message: MarkedFromSession): void;
  /** What the output leaves by; nothing more is taken out of the ring while it is choked. */
  channels: { readonly fluent: boolean; whenFluent(): Promise<void> };
}

/** Brings text and everything else that a session puts out into one order, and joins small texts. */
export class OutputPump {
  private readonly waiting: MarkedFromSession[] = [];
  private timer: NodeJS.Timeout | undefined;
  private paused = false;

  constructor(
    private readonly ring: OutputRingReader,
    private readonly sink: OutputSink
  ) {}

  /** There is text in the ring. */
  told(): void {
    if (this.waiting.length > 0) {
      // A message overtook its mark, which is there by now.
      this.run();
    } else {
      this.timer ??= setTimeout(() => this.run(), GATHER);
    }
  }

  /** Something came whose place in the output is at its mark. */
  add(message: MarkedFromSession): void {
    this.waiting.push(message);
    this.ring.seek(message.mark);
    this.run();
  }

  /** Sends what is there. */
  run(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.paused) {
      return;
    }
    this.ring.look();
    const batch = new TextBatch(this.sink);
    for (let record = this.ring.peek(); record; record = this.ring.peek()) {
      if (record.kind === 'text') {
        batch.add(record.stream, record.cell, record.text);
        this.ring.take();
      } else {
        batch.flush();
        if ((this.waiting.at(-1)?.mark ?? 0) < record.mark) {
          // Its message is still on the way, and brings us back here.
          return;
        }
        this.ring.take();
        this.deliver(record.mark);
      }
      if (batch.sent > TURN || !this.sink.channels.fluent) {
        // A session that writes as fast as we read must not keep us from everything else.
        batch.flush();
        void this.pause();
        return;
      }
    }
    batch.flush();
  }

  /** A mark can be missing when the session was cut off before it set it; its message is due all the same. */
  private deliver(mark: number): void {
    while (this.waiting.length > 0 && this.waiting[0]!.mark <= mark) {
      this.sink.marked(this.waiting.shift()!);
    }
  }

  private async pause(): Promise<void> {
    this.paused = true;
    await new Promise(resolve => setImmediate(resolve));
    await this.sink.channels.whenFluent();
    this.paused = false;
    this.run();
  }
}

/** Joins texts that belong together. */
class TextBatch {
  /** How much was added so far, in UTF-16 code units. */
  sent = 0;

  private readonly texts: string[] = [];
  private stream: StreamName = 'stdout';
  private cell = 0;
  private length = 0;

  constructor(private readonly sink: OutputSink) {}

  add(stream: StreamName, cell: number, text: string): void {
    if (stream !== this.stream || cell !== this.cell || this.length > LONGEST) {
      this.flush();
      this.stream = stream;
      this.cell = cell;
    }
    this.texts.push(text);
    this.length += text.length;
    this.sent += text.length;
  }

  flush(): void {
    if (this.texts.length > 0) {
      this.sink.stream(this.stream, this.cell, this.texts.join(''));
      this.texts.length = 0;
      this.length = 0;
    }
  }
}
