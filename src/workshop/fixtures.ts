import { chuckFacts, type Fixture } from './chuck-facts';

/** The fixtures that the workshop can start, by name. */
export const fixtures: ReadonlyMap<string, Fixture> = new Map([['chuck', chuckFacts]]);
