import type { LiveBus } from "./live-bus.ts";

/** A pull-side view of wake-ups: any number of them between two calls count as one. */
export interface Wakeups {
  /** Resolves when a topic was woken since the last call, at the latest after `atMost` milliseconds. */
  next(atMost?: number): Promise<void>;
  stop(): void;
}

// A stream looks again at least this often: it ends the streams of ended sessions and covers a lost notification.
const longestWait = 5_000;

/** Collects wake-ups of the topics until `stop`. */
export function wakeups(bus: LiveBus, topics: readonly string[]): Wakeups {
  let pending = false;
  let stopped = false;
  let resolveNext: (() => void) | undefined;
  const onWake = (): void => {
    pending = true;
    resolveNext?.();
  };
  const unwatch = topics.map((topic) => bus.watch(topic, onWake));
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
    stop() {
      stopped = true;
      for (const stop of unwatch) {
        stop();
      }
      resolveNext?.();
    },
  };
}
