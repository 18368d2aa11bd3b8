import type { LiveBus } from "./live-bus.ts";

/** A pull-side view of wake-ups: any number of them between two calls count as one. */
export interface Wakeups {
  /** Resolves when a topic was woken since the last call, at the latest after `atMost` milliseconds. */
  next(atMost?: number): Promise<void>;
  /** Wakes by hand. */
  wake(): void;
  stop(): void;
  readonly stopped: boolean;
}

// A stream looks again at least this often, which covers a lost notification.
const longestWait = 5_000;

/** Collects wake-ups of the topics until `stop`. */
export function wakeups(bus: LiveBus, topics: readonly string[]): Wakeups {
  let pending = false;
  let stopped = false;
  let resolveNext: (() => void) | undefined;
  const wake = (): void => {
    pending = true;
    resolveNext?.();
  };
  const unwatch = topics.map((topic) => bus.watch(topic, wake));
  return {
    async next(atMost = longestWait) {
      if (!pending && !stopped) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, atMost);
          resolveNext = () => {
            clearTimeout(timer);
            resolve();
          };
        });
        resolveNext = undefined;
      }
      pending = false;
    },
    wake,
    stop() {
      stopped = true;
      for (const stop of unwatch) {
        stop();
      }
      resolveNext?.();
    },
    get stopped() {
      return stopped;
    },
  };
}
