import type { Logger } from "../logging.ts";
import type { Entry, Feed } from "./feed.ts";
import type { LiveBus } from "./live-bus.ts";
import { wakeups, type Wakeups } from "./wakeups.ts";
import { Watched } from "./watched.ts";

/** At most two snapshots a second. */
const shortestInterval = 500;

export interface SnapshotFeedOptions<Value> {
  key: string;
  bus: LiveBus;
  topics: readonly string[];
  logger: Logger;
  /** The state as it is now; null when there is none any more. */
  read: () => Promise<Value | null>;
  /** Two snapshots with the same key are the same to everyone. */
  keyOf: (snapshot: Value) => string;
  onIdle: () => void;
}

/**
 * The newest state of something: read at once, then after wake-ups but at most twice a second, once for all who
 * follow it, and told when it differs from the one before.
 */
export class SnapshotFeed<Value> implements Feed<Value> {
  readonly key: string;
  readonly #options: SnapshotFeedOptions<Value>;
  readonly #watched: Watched<Value>;
  #latest: Entry<Value> | undefined;
  #latestKey: string | undefined;

  constructor(options: SnapshotFeedOptions<Value>) {
    this.key = options.key;
    this.#options = options;
    let woken: Wakeups | undefined;
    this.#watched = new Watched(
      () => {
        woken = wakeups(options.bus, options.topics);
        void this.#run(woken);
      },
      () => {
        woken?.stop();
        options.onIdle();
      },
    );
  }

  get position(): number {
    return this.#latest?.position ?? 0;
  }

  watch(onEntry: (entry: Entry<Value>) => void): () => void {
    return this.#watched.add(onEntry);
  }

  async after(position: number): Promise<Entry<Value>[]> {
    return this.#latest !== undefined && this.#latest.position > position ? [this.#latest] : [];
  }

  async #run(woken: Wakeups): Promise<void> {
    while (!woken.stopped) {
      try {
        this.#publish(await this.#options.read());
      } catch (error) {
        this.#options.logger.warn({ err: error, feed: this.key }, "snapshot could not be read, trying again");
      }
      await new Promise((resolve) => {
        setTimeout(resolve, shortestInterval);
      });
      await woken.next();
    }
  }

  #publish(value: Value | null): void {
    if (value === null) {
      return;
    }
    const key = this.#options.keyOf(value);
    if (key !== this.#latestKey) {
      this.#latestKey = key;
      this.#latest = { position: this.position + 1, value };
      this.#watched.tell(this.#latest);
    }
  }
}
