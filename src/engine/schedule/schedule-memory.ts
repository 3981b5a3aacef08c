import type { MemoryStore } from '../memory';
import type { ScheduleMemory } from './scheduler';

/**
 * Until when schedules have been looked after, kept where skills remember. A memory that is away is
 * no reason for a schedule not to run.
 */
export function scheduleMemory(store: () => MemoryStore): ScheduleMemory {
  return {
    read: async () => {
      const stored = await store()
        .get('schedules', 'until')
        .catch(() => undefined);
      return stored && Number(stored.value);
    },
    write: async time => {
      await store()
        .put('schedules', 'until', String(time))
        .catch(() => undefined);
    }
  };
}
