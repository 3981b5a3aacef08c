import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { PendingAction } from '../../engine';
import type { ChatMessage, Handled, MessagePatch } from '../../protocol';

/** One line of a journal file. */
export type JournalRecord =
  /** Where a file begins: which journal it belongs to, and the newest message of each room before it. */
  | { journal: string; rooms: Record<string, number> }
  /** Something was said. */
  | { said: ChatMessage }
  /** A skill is at work on a message. */
  | { started: [seq: number, skill: string] }
  /** What became of a message. */
  | { handled: [seq: number, handled: Handled] }
  /** A message was changed. */
  | { updated: [seq: number, patch: MessagePatch] }
  /** Something waits for a yes. */
  | { proposed: PendingAction }
  /** It waits no longer. */
  | { settled: string };

/** Everything one file of a journal says. */
export interface JournalSegment {
  journal?: string;
  rooms: Record<string, number>;
  messages: ChatMessage[];
  started: Map<number, string>;
  handled: Map<number, Handled>;
  updated: Map<number, MessagePatch>;
  proposed: PendingAction[];
  settled: Set<string>;
  /** Lines that could not be read. */
  damaged: number;
}

/** Reads one file of a journal. A last line that was cut short by a crash counts as damaged too. */
export async function readSegment(file: string): Promise<JournalSegment> {
  const segment: JournalSegment = {
    rooms: {},
    messages: [],
    started: new Map(),
    handled: new Map(),
    updated: new Map(),
    proposed: [],
    settled: new Set(),
    damaged: 0
  };
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  for await (const line of lines) {
    if (line !== '') {
      take(segment, line);
    }
  }
  return segment;
}

function take(segment: JournalSegment, line: string): void {
  let record: JournalRecord;
  try {
    record = JSON.parse(line) as JournalRecord;
    if ('said' in record) {
      // A line that is JSON and no message would break everything that reads it later.
      segment.messages.push({ ...record.said, seq: Number(record.said.seq) });
    } else if ('started' in record) {
      segment.started.set(...record.started);
    } else if ('handled' in record) {
      segment.handled.set(...record.handled);
    } else if ('updated' in record) {
      const [seq, patch] = record.updated;
      segment.updated.set(seq, { ...segment.updated.get(seq), ...patch });
    } else if ('proposed' in record) {
      segment.proposed.push(record.proposed);
    } else if ('settled' in record) {
      segment.settled.add(record.settled);
    } else {
      segment.journal = record.journal;
      segment.rooms = record.rooms;
    }
  } catch {
    segment.damaged++;
  }
}
