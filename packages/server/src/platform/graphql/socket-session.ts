import type { WebSocket } from "ws";
import type { FeedChoice } from "../events/feed.ts";
import type { SharedDelivery, SharedOperation } from "./shared-delivery.ts";
import type { SharedSource } from "./shared-source.ts";
import { Subscriber } from "./subscriber.ts";

/** A subscription of the socket and what it reads. */
interface Reading<Actor> {
  source: SharedSource<Actor, unknown>;
  /** Key of the feed it reads now. */
  key: string;
  /** Follows another feed; undefined for who reads at their own pace and chooses at each wake-up. */
  move?: (choice: FeedChoice<unknown>) => void;
}

/** One open socket: who it belongs to now, and what it reads. It closes itself when rights end. */
export class SocketSession<Actor> {
  readonly socket: WebSocket;
  #actor: Actor;
  readonly #readings = new Map<string, Reading<Actor>>();
  /** Ids of the subscriptions under way. */
  readonly open = new Set<string>();
  readonly #count: (change: number) => void;

  /** `count` is told how the number of subscriptions under way changes. */
  constructor(socket: WebSocket, actor: Actor, count: (change: number) => void) {
    this.socket = socket;
    this.#actor = actor;
    this.#count = count;
  }

  /** A subscription is under way. */
  begin(id: string): void {
    this.open.add(id);
    this.#count(1);
  }

  get actor(): Actor {
    return this.#actor;
  }

  /** Takes note of new roles; null when the session ended. */
  changeActor(actor: Actor | null): void {
    if (actor === null) {
      this.#close(4401, "Session ended");
      return;
    }
    this.#actor = actor;
    for (const reading of this.#readings.values()) {
      const choice = reading.source.choose(actor);
      if (choice === null) {
        this.#close(4403, "Rights ended");
        return;
      }
      if (choice.key !== reading.key) {
        reading.key = choice.key;
        reading.move?.(choice);
      }
    }
  }

  /** Follows the source with answers of its own; they are the caller's to make. */
  readAlone(id: string, source: SharedSource<Actor, unknown>): void {
    const choice = this.#choose(source);
    if (choice !== null) {
      this.#readings.set(id, { source, key: choice.key });
    }
  }

  /** Follows the source with the answers that others get as well. Null when the rights have just ended. */
  readShared(
    id: string,
    source: SharedSource<Actor, unknown>,
    operation: SharedOperation,
    delivery: SharedDelivery,
  ): Subscriber | null {
    const choice = this.#choose(source);
    if (choice === null) {
      return null;
    }
    const subscriber = new Subscriber(this.socket, id, source.start);
    let leave = delivery.join(subscriber, choice, operation);
    const move = (next: FeedChoice<unknown>): void => {
      leave();
      subscriber.position = source.start;
      leave = delivery.join(subscriber, next, operation);
    };
    subscriber.onEnd = () => {
      leave();
      this.forget(id);
    };
    this.#readings.set(id, { source, key: choice.key, move });
    return subscriber;
  }

  /** The subscription is over. */
  forget(id: string): void {
    this.#readings.delete(id);
    if (this.open.delete(id)) {
      this.#count(-1);
    }
  }

  /** The socket is gone, and all its subscriptions with it. */
  forgetAll(): void {
    for (const id of this.open) {
      this.forget(id);
    }
  }

  /** Asked again here: rights may have ended between the subscription's own check and now. */
  #choose(source: SharedSource<Actor, unknown>): FeedChoice<unknown> | null {
    const choice = source.choose(this.#actor);
    if (choice === null) {
      this.#close(4403, "Rights ended");
    }
    return choice;
  }

  #close(code: number, reason: string): void {
    this.socket.close(code, reason);
    // A peer that does not answer the goodbye is cut off, well within the time a session may outlive its end.
    setTimeout(() => this.socket.terminate(), 1_000).unref();
  }
}
