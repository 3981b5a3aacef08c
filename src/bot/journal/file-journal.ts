import { mkdir, open, readdir, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import {
  MemoryJournal,
  placeKey,
  roomsOf,
  type HistoryPage,
  type HistoryQuery,
  type Journal,
  type PendingAction,
  type Place,
  type Unfinished
} from '../../engine';
import {
  chatOpsError,
  createId,
  type ChatMessage,
  type ErrorRecord,
  type Handled,
  type MessagePatch
} from '../../protocol';
import { readSegment, type JournalRecord, type JournalSegment } from './journal-segment';
import { fileReason } from '../file-reason';

/** How large one file grows, in bytes of text. */
const SEGMENT_SIZE = 4 * 1024 * 1024;

/** How many messages are held in memory; older ones are read from their files. */
const RECENT = 5000;

/** What may be told of a journal's files. */
export interface FileJournalOptions {
  segmentSize?: number;
  recent?: number;
  /** Called once, when the files can no longer be written. */
  onTrouble?: (error: ErrorRecord) => void;
}

/**
 * A journal in files: one JSON record a line, only ever added to, a new file when one is full.
 *
 * Records are written in batches: all of one turn of the event loop, and all that came while the
 * batch before was being written. What {@link flush} has confirmed is with the operating system and
 * survives the end of the process.
 */
export class FileJournal implements Journal {
  /** What was wrong with the files when they were read. */
  readonly damage: ErrorRecord | undefined;

  private readonly recent: MemoryJournal;
  private readonly roomsBefore: Record<string, number>;
  private readonly onTrouble: (error: ErrorRecord) => void;
  private readonly segmentSize: number;
  private readonly actions: Map<string, PendingAction>;
  private buffer = '';
  private written: number;
  /** The batch that is being written. */
  private writing: Promise<void> = Promise.resolve();
  /** The batch after that one, which still takes records. */
  private scheduled: Promise<void> | undefined;
  private broken = false;
  private isEmpty: boolean;

  private constructor(
    private readonly folder: string,
    private readonly segments: string[],
    private handle: FileHandle,
    state: RestoredState,
    { segmentSize = SEGMENT_SIZE, onTrouble = () => undefined }: FileJournalOptions,
    private unfinished: Unfinished[]
  ) {
    this.recent = state.recent;
    this.roomsBefore = state.rooms;
    this.actions = new Map(state.actions.map(action => [action.id, action]));
    this.damage = state.damage;
    this.written = state.size;
    this.isEmpty = state.size === 0;
    this.segmentSize = segmentSize;
    this.onTrouble = onTrouble;
  }

  /**
   * Opens the journal in a folder, or begins one.
   *
   * @throws the system's error when the folder cannot be written.
   */
  static async open(folder: string, options: FileJournalOptions = {}): Promise<FileJournal> {
    await mkdir(folder, { recursive: true });
    const segments = (await readdir(folder))
      .filter(name => /^\d{6}\.ndjson$/.test(name))
      .toSorted();
    const state = await restore(folder, segments, options.recent ?? RECENT);
    if (segments.length === 0) {
      segments.push(segmentName(1));
    }
    const handle = await open(path.join(folder, segments.at(-1)!), 'a');
    const journal = new FileJournal(folder, segments, handle, state, options, state.unfinished);
    if (!state.complete) {
      // The line before was cut short; what comes next must not be read as its end.
      journal.buffer = '\n';
    }
    return journal;
  }

  get id(): string {
    return this.recent.id;
  }

  get last(): number {
    return this.recent.last;
  }

  takeUnfinished(): Unfinished[] {
    const taken = this.unfinished;
    this.unfinished = [];
    return taken;
  }

  find(connector: string, id: string): ChatMessage | undefined {
    return this.recent.find(connector, id);
  }

  get(seq: number): ChatMessage | undefined {
    return this.recent.get(seq);
  }

  add(message: Omit<ChatMessage, 'seq'>): ChatMessage {
    const added = this.recent.add(message);
    this.append({ said: added });
    return added;
  }

  update(seq: number, patch: MessagePatch): ChatMessage | undefined {
    const changed = this.recent.update(seq, patch);
    if (changed) {
      this.append({ updated: [seq, patch] });
    }
    return changed;
  }

  openActions(): PendingAction[] {
    return [...this.actions.values()];
  }

  propose(action: PendingAction): void {
    this.actions.set(action.id, action);
    this.append({ proposed: action });
  }

  settle(id: string): void {
    if (this.actions.delete(id)) {
      this.append({ settled: id });
    }
  }

  start(seq: number, skill: string): void {
    this.append({ started: [seq, skill] });
  }

  finish(seq: number, handled: Handled): void {
    this.recent.finish(seq, handled);
    this.append({ handled: [seq, handled] });
  }

  lastOf(place: Place): number {
    return this.recent.lastOf(place) || (this.roomsBefore[placeKey(place)] ?? 0);
  }

  roomsOf(connector: string): { room: string; last: number }[] {
    return roomsOf(connector, { ...this.roomsBefore, ...this.recent.lasts() });
  }

  async history(place: Place, query: HistoryQuery): Promise<HistoryPage> {
    const page = await this.recent.history(place, query);
    const missing = (query.limit ?? Infinity) - page.messages.length;
    const oldest = this.recent.first;
    if (page.more || missing <= 0 || oldest <= 1 || (query.after ?? 0) >= oldest - 1) {
      return page;
    }
    const older = await this.readOlder(place, {
      ...query,
      before: Math.min(query.before ?? Infinity, oldest),
      limit: missing
    });
    return { messages: [...older.messages, ...page.messages], more: older.more };
  }

  flush(): Promise<void> {
    return this.scheduled ?? this.writing;
  }

  async close(): Promise<void> {
    await this.flush();
    await this.handle.close();
  }

  private append(record: JournalRecord): void {
    if (this.isEmpty) {
      // Not before there is something to say: a bot that finds another one running leaves no trace.
      this.isEmpty = false;
      this.append({ journal: this.id, rooms: {} });
    }
    this.buffer += `${JSON.stringify(record)}\n`;
    this.scheduled ??= this.turnEnds()
      .then(() => this.writing)
      .then(() => this.write());
  }

  private turnEnds(): Promise<void> {
    return new Promise(resolve => setImmediate(resolve));
  }

  private write(): Promise<void> {
    this.scheduled = undefined;
    const text = this.buffer;
    this.buffer = '';
    this.writing = this.writeText(text);
    return this.writing;
  }

  private async writeText(text: string): Promise<void> {
    if (this.broken) {
      return;
    }
    try {
      await writeWhole(this.handle, text);
      this.written += text.length;
      if (this.written >= this.segmentSize) {
        await this.beginSegment();
      }
    } catch (error) {
      this.broken = true;
      this.onTrouble(
        chatOpsError('CHATOPS_JOURNAL', { reason: fileReason(error) }, { cause: error }).record
      );
    }
  }

  private async beginSegment(): Promise<void> {
    await this.handle.close();
    const name = segmentName(Number.parseInt(this.segments.at(-1)!, 10) + 1);
    const rooms = { ...this.roomsBefore, ...this.recent.lasts() };
    const head = `${JSON.stringify({ journal: this.id, rooms } satisfies JournalRecord)}\n`;
    this.handle = await open(path.join(this.folder, name), 'a');
    await writeWhole(this.handle, head);
    this.written = head.length;
    this.segments.push(name);
  }

  /** Looks through the files from the newest backwards until a page is full. */
  private async readOlder(
    place: Place,
    { after = 0, before = 0, limit = 0 }: HistoryQuery
  ): Promise<HistoryPage> {
    const key = placeKey(place);
    const later: Afterwards = { handled: new Map(), updated: new Map() };
    let found: ChatMessage[] = [];
    for (const name of this.segments.toReversed()) {
      const segment = await readSegment(path.join(this.folder, name));
      // From the newest file backwards: what is known already is newer.
      segment.handled.forEach((value, seq) =>
        later.handled.set(seq, later.handled.get(seq) ?? value)
      );
      segment.updated.forEach((patch, seq) =>
        later.updated.set(seq, { ...patch, ...later.updated.get(seq) })
      );
      const fitting = segment.messages.filter(
        message => message.seq > after && message.seq < before && placeKey(message) === key
      );
      found = [...fitting, ...found];
      const isOldest = (segment.messages[0]?.seq ?? Infinity) <= after + 1;
      if (found.length > limit || isOldest) {
        break;
      }
    }
    return {
      messages: found
        .slice(limit === Infinity ? 0 : -limit)
        .map(message => afterwards(message, later)),
      more: found.length > limit
    };
  }
}

interface RestoredState {
  recent: MemoryJournal;
  /** The newest message of each room that is not among the recent ones. */
  rooms: Record<string, number>;
  unfinished: Unfinished[];
  /** What waits for a yes. */
  actions: PendingAction[];
  /** Characters in the newest file. */
  size: number;
  /** False when the newest file does not end with a line's end. */
  complete: boolean;
  damage: ErrorRecord | undefined;
}

/** Reads the newest files, as many as it takes to have the recent messages. */
async function restore(folder: string, segments: string[], count: number): Promise<RestoredState> {
  const read: JournalSegment[] = [];
  let messages = 0;
  for (const name of segments.toReversed()) {
    if (messages >= count) {
      break;
    }
    const segment = await readSegment(path.join(folder, name));
    messages += segment.messages.length;
    read.unshift(segment);
  }
  const later: Afterwards = {
    handled: new Map(read.flatMap(segment => [...segment.handled])),
    updated: new Map()
  };
  for (const [seq, patch] of read.flatMap(segment => [...segment.updated])) {
    later.updated.set(seq, { ...later.updated.get(seq), ...patch });
  }
  const settled = new Set(read.flatMap(segment => [...segment.settled]));
  const started = new Map(read.flatMap(segment => [...segment.started]));
  const recent = new MemoryJournal(
    count,
    read.findLast(({ journal }) => journal)?.journal ?? createId()
  );
  const unfinished: Unfinished[] = [];
  for (const message of read.flatMap(segment => segment.messages)) {
    const whole = afterwards(message, later);
    recent.restore(whole);
    if (!whole.handled && !whole.user.bot) {
      const skill = started.get(message.seq);
      unfinished.push({ message: whole, ...(skill !== undefined && { started: skill }) });
    }
  }
  const damaged = read.reduce((sum, segment) => sum + segment.damaged, 0);
  return {
    recent,
    rooms: read[0]?.rooms ?? {},
    unfinished,
    actions: read.flatMap(segment => segment.proposed).filter(({ id }) => !settled.has(id)),
    ...(await tailOf(folder, segments.at(-1))),
    damage:
      damaged === 0
        ? undefined
        : chatOpsError('CHATOPS_JOURNAL_DAMAGED', { count: damaged, file: folder }).record
  };
}

async function tailOf(
  folder: string,
  name: string | undefined
): Promise<{ size: number; complete: boolean }> {
  if (name === undefined) {
    return { size: 0, complete: true };
  }
  const handle = await open(path.join(folder, name), 'r');
  try {
    const { size } = await handle.stat();
    const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, Math.max(0, size - 1));
    return { size, complete: size === 0 || buffer.toString() === '\n' };
  } finally {
    await handle.close();
  }
}

/** What became of messages after they were said. */
interface Afterwards {
  handled: Map<number, Handled>;
  updated: Map<number, MessagePatch>;
}

function afterwards(message: ChatMessage, { handled, updated }: Afterwards): ChatMessage {
  const { seq } = message;
  const value = handled.get(seq);
  const whole = { ...message, ...updated.get(seq), ...(value && { handled: value }) };
  // Whoever was still saying it has ended with the process.
  delete whole.streaming;
  return whole;
}

/** Writes all of a text at the end of a file; with less ado than `appendFile`, which is made for long ones. */
async function writeWhole(handle: FileHandle, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, null);
    done += bytesWritten;
  }
}

function segmentName(number: number): string {
  return `${String(number).padStart(6, '0')}.ndjson`;
}
