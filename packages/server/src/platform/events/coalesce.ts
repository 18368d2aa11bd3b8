import type { LiveBus } from "./live-bus.ts";
import { wakeups } from "./wakeups.ts";

/** At most two snapshots a second. */
const shortestInterval = 500;

/**
 * A snapshot at once, then one after each wake-up but at most two a second, and none that equals the one before.
 * Ends when `stillAllowed` says so.
 */
export async function* coalescedSnapshots<Snapshot>(options: {
  bus: LiveBus;
  topics: readonly string[];
  read: () => Promise<Snapshot>;
  /** Two snapshots with the same key are the same to the client. */
  keyOf: (snapshot: Snapshot) => string;
  stillAllowed: () => Promise<boolean>;
}): AsyncGenerator<Snapshot, void, undefined> {
  const woken = wakeups(options.bus, options.topics);
  let lastKey: string | undefined;
  try {
    for (;;) {
      const snapshot = await options.read();
      const key = options.keyOf(snapshot);
      if (key !== lastKey) {
        lastKey = key;
        yield snapshot;
      }
      await new Promise((resolve) => {
        setTimeout(resolve, shortestInterval);
      });
      await woken.next();
      if (!(await options.stillAllowed())) {
        return;
      }
    }
  } finally {
    woken.stop();
  }
}
