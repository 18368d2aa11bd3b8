import type { Entry, Feed, FeedChoice } from "../events/feed.ts";
import type { LiveBus } from "../events/live-bus.ts";
import { wakeups, type Wakeups } from "../events/wakeups.ts";

export interface SharedSourceOptions<Actor, Value> {
  bus: LiveBus;
  /** Topics at which rights are asked again by those who do not share their answers. */
  topics: readonly string[];
  /** Position after which to begin; 0 for all, and for snapshots. */
  start: number;
  /** Null when the session ended; roles as they are now. */
  refreshActor: () => Promise<Actor | null>;
  /** The feed this actor may follow; null when they may not any more. */
  choose: (actor: Actor) => FeedChoice<Value> | null;
}

/**
 * What a subscription reads from: values that depend on which feed it is and on nothing about the reader. The socket
 * sends the same bytes to all readers of a feed; whoever iterates instead gets the values one by one.
 */
export class SharedSource<Actor, Value> implements AsyncIterable<Value> {
  readonly #options: SharedSourceOptions<Actor, Value>;

  constructor(options: SharedSourceOptions<Actor, Value>) {
    this.#options = options;
  }

  get start(): number {
    return this.#options.start;
  }

  choose(actor: Actor): FeedChoice<Value> | null {
    return this.#options.choose(actor);
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Value, void, undefined> {
    const { bus, topics } = this.#options;
    const woken = wakeups(bus, topics);
    const values = this.#iterate(woken);
    return {
      next: () => values.next(),
      return: () => {
        // A generator ends only where it yields, so it is woken from its wait first.
        woken.stop();
        return values.return();
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
  }

  /** Reads at the reader's own pace. The actor is asked for again at each wake-up and may then follow another feed. */
  async *#iterate(woken: Wakeups): AsyncGenerator<Value, void, undefined> {
    let feed: Feed<Value> | undefined;
    let unwatch: (() => void) | undefined;
    let position = this.start;
    try {
      for (;;) {
        const actor = await this.#options.refreshActor();
        const choice = actor === null ? null : this.choose(actor);
        if (choice === null || woken.stopped) {
          return;
        }
        if (feed?.key !== choice.key) {
          unwatch?.();
          position = this.start;
          feed = choice.open();
          unwatch = feed.watch(() => woken.wake());
        }
        let page: Entry<Value>[];
        do {
          page = await feed.after(position);
          for (const entry of page) {
            position = entry.position;
            yield entry.value;
          }
        } while (page.length > 0 && !woken.stopped);
        await woken.next();
      }
    } finally {
      unwatch?.();
      woken.stop();
    }
  }
}
