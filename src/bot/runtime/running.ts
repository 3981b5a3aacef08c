/** What the skill thread is running: whose code, and for which message or pattern. */
export interface Running {
  load?: number;
  run?: number;
  match?: number;
}

/** The name of the symbol by which a stopped thread is asked what it was running. */
export const RUNNING = 'chatops.running';
