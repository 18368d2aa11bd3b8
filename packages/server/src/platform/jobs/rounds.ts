import type { Logger } from "../logging.ts";

/** Milliseconds between two rounds. */
const pause = 1_000;

/**
 * Does some work every second, in every server. By the clock and not by the requests that gave cause for it, so that no
 * answer is slower for what there is to do.
 */
export class Rounds {
  readonly #work: () => Promise<unknown>;
  readonly #logger: Logger;
  readonly #failure: string;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #round: Promise<void> = Promise.resolve();

  /** @param failure what the log says when a round failed; the next one comes all the same */
  constructor(work: () => Promise<unknown>, logger: Logger, failure: string) {
    this.#work = work;
    this.#logger = logger;
    this.#failure = failure;
  }

  /** A round every second from now on. */
  start(): void {
    this.#timer = setTimeout(() => {
      this.#round = this.#go();
    }, pause);
    this.#timer.unref();
  }

  /** Waits for the round under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#round;
  }

  async #go(): Promise<void> {
    try {
      await this.#work();
    } catch (error) {
      this.#logger.warn({ err: error }, this.#failure);
    }
    if (!this.#stopped) {
      this.start();
    }
  }
}
