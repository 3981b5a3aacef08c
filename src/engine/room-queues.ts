import { chatOpsError } from '../protocol';

/** How many messages of one room may wait. */
export const MOST_WAITING = 1000;

/** @param release - lets the next task go ahead although this one has not ended. */
type Task = (release: () => void) => Promise<void>;

/** Tasks in order; the first `done` of them have ended. */
interface Queue {
  tasks: Task[];
  done: number;
}

/**
 * One line for each room: its tasks run one after the other in the order they came, and rooms do
 * not wait for each other. A task that waits for a person lets the others go ahead.
 */
export class RoomQueues {
  private readonly queues = new Map<string, Queue>();
  /** How many tasks have begun and not ended; some go on beside those that came after them. */
  private running = 0;
  private idle: (() => void)[] = [];

  /** @param limit - how many tasks of one room may wait. */
  constructor(private readonly limit = MOST_WAITING) {}

  /** How many tasks wait or run in a room. */
  size(room: string): number {
    const queue = this.queues.get(room);
    return queue ? queue.tasks.length - queue.done : 0;
  }

  /**
   * Makes sure that one more task would be taken.
   *
   * @throws ChatOpsError `CHATOPS_ROOM_BUSY`.
   */
  checkRoom(room: string): void {
    const count = this.size(room);
    if (count >= this.limit) {
      throw chatOpsError('CHATOPS_ROOM_BUSY', { room, count });
    }
  }

  /** Puts a task at the end of its room's line. The task must not reject. */
  push(room: string, task: Task): void {
    const queue = this.queues.get(room);
    if (queue) {
      queue.tasks.push(task);
    } else {
      const fresh = { tasks: [task], done: 0 };
      this.queues.set(room, fresh);
      this.begin(room, fresh);
    }
  }

  /** Resolves when no task waits or runs in any room. */
  async whenIdle(): Promise<void> {
    if (this.queues.size > 0 || this.running > 0) {
      await new Promise<void>(resolve => this.idle.push(resolve));
    }
  }

  /** Begins the first task that has not begun. The next one follows when it ends or lets it go ahead. */
  private begin(room: string, queue: Queue): void {
    let isOver = false;
    const release = (): void => {
      if (!isOver) {
        isOver = true;
        // Not while the task is at work: it may let the others go ahead before it has given way.
        queueMicrotask(() => this.advance(room, queue));
      }
    };
    this.running++;
    void queue.tasks[queue.done]!(release).then(() => {
      this.running--;
      if (!isOver) {
        isOver = true;
        this.advance(room, queue);
      }
      this.checkIdle();
    });
  }

  private advance(room: string, queue: Queue): void {
    queue.done++;
    // Taking each off the front would cost as much as the line is long.
    if (queue.done === 64) {
      queue.tasks.splice(0, queue.done);
      queue.done = 0;
    }
    if (queue.done < queue.tasks.length) {
      this.begin(room, queue);
    } else {
      this.queues.delete(room);
    }
  }

  private checkIdle(): void {
    if (this.queues.size === 0 && this.running === 0) {
      const waiting = this.idle;
      this.idle = [];
      waiting.forEach(resolve => resolve());
    }
  }
}
