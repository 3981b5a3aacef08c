import type { MemoryStore } from '../../engine';
import type { ErrorRecord } from '../../protocol';
import type { Configuration } from '../config';
import { openMemory, type OpenMemoryOptions } from './open-memory';
import { UnavailableMemory } from './unavailable-memory';

/** Holds the memory that the configuration asks for, and changes it when the configuration does. */
export class MemoryKeeper {
  /** What is wrong with the memory in force. */
  problems: ErrorRecord[] = [];

  private current: MemoryStore | undefined;
  private section: string | undefined;
  private changing: Promise<void> = Promise.resolve();

  /** @param onChange - gets the memory that is in force from now on. */
  constructor(
    private readonly options: Omit<OpenMemoryOptions, 'onTrouble'>,
    private readonly onChange: (memory: MemoryStore) => void
  ) {}

  /**
   * Opens the configured memory, unless it is open already. One that could not be opened is tried
   * again: what it lacked may be there by now.
   */
  configure(configuration: Pick<Configuration, 'values' | 'placeOf'>): Promise<void> {
    this.changing = this.changing.then(() => this.change(configuration));
    return this.changing;
  }

  async close(): Promise<void> {
    await this.changing;
    await this.current?.close();
  }

  private async change(configuration: Pick<Configuration, 'values' | 'placeOf'>): Promise<void> {
    const { databases } = configuration.values;
    const section = JSON.stringify(databases);
    if (section === this.section && !(this.current instanceof UnavailableMemory)) {
      return;
    }
    this.section = section;
    this.problems = [];
    // The old one first: two of them cannot hold the same files.
    await this.current?.close();
    this.current = await openMemory(databases, {
      ...this.options,
      onTrouble: (error, name, key) =>
        this.problems.push(
          name === undefined
            ? error
            : { ...configuration.placeOf('databases', name, key), ...error }
        )
    });
    this.onChange(this.current);
  }
}
