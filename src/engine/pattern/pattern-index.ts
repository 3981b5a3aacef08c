import { RE2Set } from 're2js';
import type { LinearPattern } from './linear-pattern';

/** How many patterns one automaton holds: larger ones overflow RE2's memory bound and fall back to a slow path. */
const SHARD_SIZE = 250;

/**
 * How much memory the states of one automaton may take, in bytes; they are made as texts ask for
 * them. With too little, the same ones are made again and again.
 */
const MOST_MEMORY = 32 * 2 ** 20;

/** How many patterns may wait to be put into an automaton; until then each is tested by itself. */
const MOST_LOOSE = 64;

/** More than so many are put into one anyway, once they have been tested so often without a change. */
const FEW_LOOSE = 3;
const OFTEN = 50;

/** A pattern on its way into an automaton. */
interface Entry<K> {
  key: K;
  source: string;
}

/** Patterns that share one automaton. */
interface Shard<K> {
  /** True when all of them match from the start of a text only: then it can stop as soon as none is left. */
  isAnchored: boolean;
  /** By their number in the automaton; undefined for one that was taken out since it was built. */
  keys: (K | undefined)[];
  sources: string[];
  set: RE2Set;
}

/**
 * Which of many linear patterns match a text, at a cost that hardly grows with their number.
 *
 * New patterns are tested one by one until enough have gathered for an automaton of their own, or a
 * few have been tested often, so that adding or replacing one costs no rebuild.
 */
export class PatternIndex<K> {
  private readonly loose = new Map<K, LinearPattern>();
  private testedLoose = 0;
  private readonly shards: Shard<K>[] = [];
  private readonly shardOf = new Map<K, Shard<K>>();

  get size(): number {
    return this.loose.size + this.shardOf.size;
  }

  /** Adds a pattern under a key that is not in use. */
  add(key: K, pattern: LinearPattern): void {
    this.loose.set(key, pattern);
    this.testedLoose = 0;
    if (this.loose.size > MOST_LOOSE) {
      this.gather();
    }
  }

  has(key: K): boolean {
    return this.loose.has(key) || this.shardOf.has(key);
  }

  /** Puts a key in the place of one that is in use; its pattern stays where it is. */
  rename(old: K, key: K): void {
    const pattern = this.loose.get(old);
    const shard = this.shardOf.get(old);
    if (pattern) {
      this.loose.delete(old);
      this.loose.set(key, pattern);
    } else if (shard) {
      this.shardOf.delete(old);
      this.shardOf.set(key, shard);
      shard.keys[shard.keys.indexOf(old)] = key;
    }
  }

  delete(key: K): void {
    this.loose.delete(key);
    const shard = this.shardOf.get(key);
    if (shard) {
      this.shardOf.delete(key);
      shard.keys[shard.keys.indexOf(key)] = undefined;
      if (shard.keys.every(entry => entry === undefined)) {
        this.shards.splice(this.shards.indexOf(shard), 1);
      }
    }
  }

  /** The keys of the patterns that match, in no particular order. */
  match(text: string): K[] {
    if (this.loose.size > FEW_LOOSE && ++this.testedLoose > OFTEN) {
      this.gather();
    }
    const found: K[] = [];
    for (const [key, pattern] of this.loose) {
      if (pattern.test(text)) {
        found.push(key);
      }
    }
    for (const shard of this.shards) {
      for (const number of shard.set.match(text) as number[]) {
        const key = shard.keys[number];
        if (key !== undefined) {
          found.push(key);
        }
      }
    }
    return found;
  }

  /** Puts the loose patterns into automata, together with those of shards that have room. */
  private gather(): void {
    const anchored: Entry<K>[] = [];
    const others: Entry<K>[] = [];
    for (const [key, { source, isAnchored }] of this.loose) {
      (isAnchored ? anchored : others).push({ key, source });
    }
    this.loose.clear();
    for (const shard of this.shards.filter(shard => live(shard) < SHARD_SIZE / 2)) {
      this.shards.splice(this.shards.indexOf(shard), 1);
      shard.keys.forEach((key, i) => {
        if (key !== undefined) {
          (shard.isAnchored ? anchored : others).push({ key, source: shard.sources[i]! });
        }
      });
    }
    for (const entries of [anchored, others]) {
      for (let start = 0; start < entries.length; start += SHARD_SIZE) {
        this.build(entries.slice(start, start + SHARD_SIZE), entries === anchored);
      }
    }
  }

  private build(entries: readonly Entry<K>[], isAnchored: boolean): void {
    const set = new RE2Set(isAnchored ? RE2Set.ANCHOR_START : RE2Set.UNANCHORED, 0, MOST_MEMORY);
    try {
      for (const { source } of entries) {
        set.add(source);
      }
      set.compile();
    } catch (error) {
      if (entries.length < 2) {
        throw error;
      }
      // Together they are larger than an automaton may be.
      const half = entries.length >> 1;
      this.build(entries.slice(0, half), isAnchored);
      this.build(entries.slice(half), isAnchored);
      return;
    }
    const shard = {
      isAnchored,
      keys: entries.map(({ key }) => key),
      sources: entries.map(({ source }) => source),
      set
    };
    for (const { key } of entries) {
      this.shardOf.set(key, shard);
    }
    this.shards.push(shard);
  }
}

function live(shard: Shard<unknown>): number {
  return shard.keys.reduce<number>((count, key) => count + (key === undefined ? 0 : 1), 0);
}
