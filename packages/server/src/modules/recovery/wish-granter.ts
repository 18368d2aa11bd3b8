import { grantWishes, type GrantParts } from "./grant-wishes.ts";

/** Milliseconds between two looks. By the clock and not by the requests, so that no answer is slower for a known address. */
const pause = 1_000;

/** Grants the wishes of the sign-in page in every server, a second after they were recorded at most. */
export class WishGranter {
  readonly #parts: GrantParts;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;
  #granting: Promise<void> = Promise.resolve();

  constructor(parts: GrantParts) {
    this.#parts = parts;
  }

  /** Looks every second from now on. */
  start(): void {
    this.#timer = setTimeout(() => {
      this.#granting = this.#grant();
    }, pause);
    this.#timer.unref();
  }

  /** Waits for the wishes under way. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#granting;
  }

  async #grant(): Promise<void> {
    try {
      await grantWishes(this.#parts);
    } catch (error) {
      this.#parts.logger.warn(
        { err: error },
        "the wishes of the sign-in page could not be read, trying again",
      );
    }
    if (!this.#stopped) {
      this.start();
    }
  }
}
