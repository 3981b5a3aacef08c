import type { MemoryStore } from '../../engine';
import type { ErrorRecord } from '../../protocol';
import type { DatabaseSection } from '../config';
import { openMemory, type OpenMemoryOptions } from './open-memory';
import { UnavailableMemory } from './unavailable-memory';

/** Holds the memory that the configuration asks for, and changes it when the configuration does. */
export class MemoryKeeper {
  /** What is wrong with the memory in force. */
  problems: ErrorRecord[] = [];

  private current: MemoryStore | undefined;
  private section: string | undefined;

  /** @param onChange - gets the memory that is in force from now on. */
  constructor(
    private readonly options: Omit<OpenMemoryOptions, 'onTrouble'>,
    private readonly onChange: (memory: MemoryStore) => void
  ) {}

  /** Opens the configured memory, unless it is the one that is open already. */
  async configure(databases: readonly DatabaseSection[]): Promise<void> {
    const section = JSON.stringify(databases);
    // What could not be opened is tried again: the missing package may be there by now.
    if (section === this.section && !(this.current instanceof UnavailableMemory)) {
      return;
    }
    this.section = section;
    this.problems = [];
    const before = this.current;
    // The old one first: two of them cannot hold the same files.
    await before?.close();
    this.current = await openMemory(databases, {
      ...this.options,
      onTrouble: error => this.problems.push(error)
    });
    this.onChange(this.current);
  }

  async close(): Promise<void> {
    await this.current?.close();
  }
}
