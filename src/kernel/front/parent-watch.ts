/** How often to look, in milliseconds. */
const INTERVAL = 1000;

/** Notices that the process that started the kernel is gone, so that no kernel is left behind. */
export class ParentWatch {
  /** @param parent - the parent's process id when the kernel started. */
  constructor(
    private readonly parent: number,
    private readonly onGone: () => void
  ) {}

  start(): void {
    const timer = setInterval(() => {
      if (process.ppid !== this.parent || !isAlive(this.parent)) {
        clearInterval(timer);
        this.onGone();
      }
    }, INTERVAL);
    timer.unref();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
