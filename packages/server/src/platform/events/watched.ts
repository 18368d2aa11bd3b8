import type { Entry } from "./feed.ts";

/** Those who watch a feed; tells when the first has come and when the last has gone. */
export class Watched<Value> {
  readonly #watchers = new Set<(entry: Entry<Value>) => void>();
  readonly #start: () => void;
  readonly #stop: () => void;

  constructor(start: () => void, stop: () => void) {
    this.#start = start;
    this.#stop = stop;
  }

  add(onEntry: (entry: Entry<Value>) => void): () => void {
    this.#watchers.add(onEntry);
    if (this.#watchers.size === 1) {
      this.#start();
    }
    return () => {
      if (this.#watchers.delete(onEntry) && this.#watchers.size === 0) {
        this.#stop();
      }
    };
  }

  tell(entry: Entry<Value>): void {
    for (const onEntry of this.#watchers) {
      onEntry(entry);
    }
  }
}
