/** What the skill thread is running: whose code, and for which message. */
export interface Running {
  load?: number;
  run?: number;
}

/** What a stopped thread can be asked, under {@link THREAD_HOOK}. */
export interface ThreadHook {
  /** What it was running, as JSON. */
  running(): string;
  /** Makes it safe to end what it runs. */
  prepareCutOff(): void;
}

/** The name of the global symbol that holds the {@link ThreadHook}. */
export const THREAD_HOOK = 'chatops.thread';
