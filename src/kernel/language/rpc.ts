/** A message of JSON-RPC 2.0. */
export interface RpcMessage {
  jsonrpc: '2.0';
  id?: number | string;
  method?: string;
  params?: unknown;
  result?: unknown;
  error?: { code: number; message: string };
}

const HEADER_END = '\r\n\r\n';

/** A message as it crosses the wire: its length, an empty line, JSON. */
export function encodeMessage(message: RpcMessage): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}${HEADER_END}`), body]);
}

/** Puts messages together from the chunks in which they arrive. */
export class MessageReader {
  private chunks: Buffer[] = [];
  private size = 0;
  /** How much must be there before there is anything to read. */
  private needed = 1;

  constructor(private readonly take: (message: RpcMessage) => void) {}

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    while (this.size >= this.needed && this.readOne()) {
      // As many as there are.
    }
  }

  private readOne(): boolean {
    const buffer = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks);
    this.chunks = [buffer];
    const end = buffer.indexOf(HEADER_END);
    const length =
      end < 0 ? undefined : /Content-Length: *(\d+)/i.exec(buffer.toString('latin1', 0, end));
    if (!length) {
      this.needed = this.size + 1;
      return false;
    }
    const start = end + HEADER_END.length;
    const total = start + Number(length[1]);
    if (buffer.length < total) {
      this.needed = total;
      return false;
    }
    const rest = buffer.subarray(total);
    this.chunks = rest.length > 0 ? [rest] : [];
    this.size = rest.length;
    this.needed = 1;
    this.take(JSON.parse(buffer.toString('utf8', start, total)) as RpcMessage);
    return true;
  }
}
