import type { Logger } from "../logging.ts";
import type { Entry, Feed } from "./feed.ts";
import type { LiveBus } from "./live-bus.ts";
import { wakeups, type Wakeups } from "./wakeups.ts";
import { Watched } from "./watched.ts";

/** Entries kept in memory for those who come back after a short cut. */
const keptEntries = 1_000;

export interface LogFeedOptions<Value> {
  key: string;
  bus: LiveBus;
  topic: string;
  logger: Logger;
  /** Position to go on from: that of the newest entry at the time of asking. */
  start: number;
  /** The entries after a position in the order of their positions, at most `pageSize`. */
  read: (after: number) => Promise<Entry<Value>[]>;
  pageSize: number;
  /** The error for somebody at a position after which entries are gone. */
  describeGap: (position: number) => Promise<Error>;
  onIdle: () => void;
}

/**
 * A durable log without gaps, read once per wake-up for all who follow it. A wake-up only says "read on": entries
 * come from the log in the order of their positions, so nothing is lost or repeated whatever happens to wake-ups.
 */
export class LogFeed<Value> implements Feed<Value> {
  readonly key: string;
  readonly #options: LogFeedOptions<Value>;
  readonly #watched: Watched<Value>;
  /** The newest entries, without a gap. */
  #recent: Entry<Value>[] = [];
  /** Pages being read, so that many who come at once and ask for the same are one read. */
  readonly #pages = new Map<number, Promise<Entry<Value>[]>>();
  #position: number;

  constructor(options: LogFeedOptions<Value>) {
    this.key = options.key;
    this.#options = options;
    this.#position = options.start;
    let woken: Wakeups | undefined;
    this.#watched = new Watched(
      () => {
        // Watching begins before the first read, so that an entry between the two is not missed.
        woken = wakeups(options.bus, [options.topic]);
        void this.#run(woken);
      },
      () => {
        woken?.stop();
        options.onIdle();
      },
    );
  }

  get position(): number {
    return this.#position;
  }

  watch(onEntry: (entry: Entry<Value>) => void): () => void {
    return this.#watched.add(onEntry);
  }

  async after(position: number): Promise<Entry<Value>[]> {
    if (position >= this.#position) {
      return [];
    }
    const oldest = this.#recent[0]?.position ?? Infinity;
    if (position + 1 >= oldest) {
      return this.#recent.slice(position + 1 - oldest, position + 1 - oldest + this.#options.pageSize);
    }
    const page = await this.#readPage(position);
    if (page[0]?.position !== position + 1) {
      throw await this.#options.describeGap(position);
    }
    return page;
  }

  #readPage(position: number): Promise<Entry<Value>[]> {
    const reading = this.#pages.get(position);
    if (reading !== undefined) {
      return reading;
    }
    const page = this.#options.read(position).finally(() => this.#pages.delete(position));
    this.#pages.set(position, page);
    return page;
  }

  async #run(woken: Wakeups): Promise<void> {
    while (!woken.stopped) {
      try {
        await this.#readOn(woken);
      } catch (error) {
        // The database is away for a moment; the log is still there afterwards.
        this.#options.logger.warn({ err: error, feed: this.key }, "log could not be read, trying again");
      }
      await woken.next();
    }
  }

  async #readOn(woken: Wakeups): Promise<void> {
    let page: Entry<Value>[];
    do {
      page = await this.#options.read(this.#position);
      for (const entry of page) {
        this.#publish(entry);
      }
    } while (page.length === this.#options.pageSize && !woken.stopped);
  }

  #publish(entry: Entry<Value>): void {
    if (entry.position !== this.#position + 1) {
      this.#recent = [];
    }
    this.#position = entry.position;
    this.#recent.push(entry);
    // Dropped in pieces: shifting one by one would move the whole list for each entry.
    if (this.#recent.length > 2 * keptEntries) {
      this.#recent = this.#recent.slice(-keptEntries);
    }
    this.#watched.tell(entry);
  }
}
