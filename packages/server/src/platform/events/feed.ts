import type { LiveBus } from "./live-bus.ts";

/** One value of a feed. Positions count up by one; a snapshot makes the ones before it unnecessary. */
export interface Entry<Value> {
  position: number;
  value: Value;
}

/** A row of values that a node reads once, however many follow it. */
export interface Feed<Value> {
  /** Two feeds of one key give the same values. */
  readonly key: string;
  /** Position of the newest entry this node has seen; 0 before the first. */
  readonly position: number;
  /**
   * The entries after a position, oldest first, at most a page; none when this node has seen none.
   * @throws GraphQLError with the code RESYNC when the entry after this position is no longer kept
   */
  after(position: number): Promise<Entry<Value>[]>;
  /** Tells each new entry in order until the returned function is called. The feed runs while it is watched. */
  watch(onEntry: (entry: Entry<Value>) => void): () => void;
}

/** Which feed somebody may follow, and how to get hold of it. */
export interface FeedChoice<Value> {
  key: string;
  /** Watch what it gives at once: an unwatched feed does not stay. */
  open(): Feed<Value>;
}

/** The running feeds of a node, one for each key. */
export class Feeds {
  readonly bus: LiveBus;
  readonly #running = new Map<string, Feed<unknown>>();

  constructor(bus: LiveBus) {
    this.bus = bus;
  }

  /** The running feed of this key, or a new one; `make` gets what to call when nobody watches it any more. */
  open<Value>(key: string, make: (onIdle: () => void) => Feed<Value>): Feed<Value> {
    const running = this.#running.get(key) as Feed<Value> | undefined;
    if (running !== undefined) {
      return running;
    }
    const made = make(() => {
      if (this.#running.get(key) === made) {
        this.#running.delete(key);
      }
    });
    this.#running.set(key, made);
    return made;
  }
}
