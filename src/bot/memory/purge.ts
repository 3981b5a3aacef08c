/** How often a store deletes what has expired, in milliseconds; until then it is merely not found. */
export const PURGE_INTERVAL = 600_000;
