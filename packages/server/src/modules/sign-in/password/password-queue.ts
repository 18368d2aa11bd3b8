/** Raised when too many checks already wait; callers answer "busy, try again" instead of letting memory grow. */
export class PasswordQueueFullError extends Error {
  constructor() {
    super("Too many passwords are being checked right now.");
    this.name = "PasswordQueueFullError";
  }
}

/** Runs tasks in the order they came, so many at once and no more. */
export interface PasswordQueue {
  /** Rejects with PasswordQueueFullError when the waiting room is full. */
  run<T>(task: () => Promise<T>): Promise<T>;
}

/**
 * Makes a queue.
 * @param running tasks at once
 * @param waiting tasks that may wait for their turn
 */
export function createPasswordQueue({
  running,
  waiting,
}: {
  running: number;
  waiting: number;
}): PasswordQueue {
  let active = 0;
  const turns: (() => void)[] = [];
  return {
    async run(task) {
      if (active < running) {
        active += 1;
      } else {
        if (turns.length >= waiting) {
          throw new PasswordQueueFullError();
        }
        // The place is handed over, not given back and taken again, so a newcomer cannot slip in between.
        await new Promise<void>((resolve) => turns.push(resolve));
      }
      try {
        return await task();
      } finally {
        const next = turns.shift();
        if (next === undefined) {
          active -= 1;
        } else {
          next();
        }
      }
    },
  };
}
