import type { WebSocket } from "ws";

/** Bytes waiting for a peer above which nothing more is sent until they are gone. */
const highWater = 256 * 1024;
/** Milliseconds within which a peer must take what waits for it. */
const longestFlush = 10_000;

/**
 * One subscription of one socket to a shared answer. To the protocol it is a stream that yields nothing and ends when
 * the subscription does: the answers go straight to the socket, as bytes that are the same for everyone but for the id.
 */
export class Subscriber implements AsyncIterableIterator<never, void, undefined> {
  /** Position of the last entry sent. */
  position: number;
  /** Told once, when the subscription is over for whatever reason. */
  onEnd: () => void = () => {};
  readonly #socket: WebSocket;
  readonly #opening: string;
  readonly #ended: Promise<IteratorResult<never, void>>;
  #settle: { resolve: (value: IteratorResult<never, void>) => void; reject: (error: Error) => void } = {
    resolve() {},
    reject() {},
  };
  #isOver = false;

  constructor(socket: WebSocket, subscriptionId: string, start: number) {
    this.#socket = socket;
    this.#opening = `{"id":${JSON.stringify(subscriptionId)},"type":"next","payload":`;
    this.position = start;
    this.#ended = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    // Nobody may be listening yet when it fails.
    this.#ended.catch(() => {});
  }

  /** Whether the peer reads fast enough for one more. */
  get hasRoom(): boolean {
    return this.#socket.bufferedAmount <= highWater;
  }

  /** Sends one answer. Where bytes pile up, it gives a promise for the moment when they are gone. */
  send(answer: string): Promise<void> | null {
    const frame = `${this.#opening}${answer}}`;
    if (this.hasRoom) {
      this.#socket.send(frame);
      return null;
    }
    return new Promise((resolve) => {
      const timer = setTimeout(() => cutOff(this.#socket), longestFlush);
      this.#socket.send(frame, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  next(): Promise<IteratorResult<never, void>> {
    return this.#ended;
  }

  /** The peer has had enough, or its socket is gone. */
  async return(): Promise<IteratorResult<never, void>> {
    this.#end();
    this.#settle.resolve({ done: true, value: undefined });
    return { done: true, value: undefined };
  }

  /** Ends the subscription with an error message. */
  fail(error: Error): void {
    this.#end();
    this.#settle.reject(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #end(): void {
    if (!this.#isOver) {
      this.#isOver = true;
      this.onEnd();
    }
  }
}

/** Closes a socket whose peer does not read; as it will not read the goodbye either, the line is cut soon after. */
export function cutOff(socket: WebSocket): void {
  socket.close(4408, "Reads too slowly");
  setTimeout(() => socket.terminate(), 1_000).unref();
}
