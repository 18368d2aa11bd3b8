import type { Entry, Feed } from "../events/feed.ts";
import type { Subscriber } from "./subscriber.ts";

/** A subscriber's time in a group: who leaves and comes back is a new member. */
interface Membership {
  subscriber: Subscriber;
  /** Gets entries as they come; otherwise it is catching up. */
  isLive: boolean;
}

/**
 * The subscribers of one feed whose operations have one shape: each entry is executed and serialised once for all of
 * them. Who is behind catches up at the pace of their own socket and then joins the others.
 */
export class DeliveryGroup<Value> {
  readonly #feed: Feed<Value>;
  readonly #execute: (value: Value) => Promise<string>;
  readonly #onEmpty: () => void;
  readonly #members = new Map<Subscriber, Membership>();
  /** Answers live as long as their entries do: with the feed's memory, or while a page is being sent. */
  readonly #answers = new WeakMap<Entry<Value>, Promise<string>>();
  readonly #unwatch: () => void;
  /** Position of the last entry given to the live members. */
  #position: number;
  #delivering: Promise<void> = Promise.resolve();

  /** `execute` makes the answer's JSON; it never rejects. */
  constructor(feed: Feed<Value>, execute: (value: Value) => Promise<string>, onEmpty: () => void) {
    this.#feed = feed;
    this.#execute = execute;
    this.#onEmpty = onEmpty;
    this.#position = feed.position;
    this.#unwatch = feed.watch((entry) => {
      // Executed side by side, delivered one after the other.
      const answer = this.#answer(entry);
      this.#delivering = this.#delivering.then(async () => this.#deliver(entry, await answer));
    });
  }

  join(subscriber: Subscriber): void {
    const membership = { subscriber, isLive: false };
    this.#members.set(subscriber, membership);
    void this.#catchUp(membership);
  }

  leave(subscriber: Subscriber): void {
    if (this.#members.delete(subscriber) && this.#members.size === 0) {
      this.#unwatch();
      this.#onEmpty();
    }
  }

  #answer(entry: Entry<Value>): Promise<string> {
    const known = this.#answers.get(entry);
    if (known !== undefined) {
      return known;
    }
    const answer = this.#execute(entry.value);
    this.#answers.set(entry, answer);
    return answer;
  }

  #deliver(entry: Entry<Value>, answer: string): void {
    this.#position = entry.position;
    for (const membership of this.#members.values()) {
      const { subscriber, isLive } = membership;
      if (!isLive || entry.position <= subscriber.position) {
        continue;
      }
      if (entry.position === subscriber.position + 1 && subscriber.hasRoom) {
        subscriber.position = entry.position;
        void subscriber.send(answer);
      } else {
        void this.#catchUp(membership);
      }
    }
  }

  /** Sends what the subscriber has not got, page by page, as fast as its peer reads; then it is live. */
  async #catchUp(membership: Membership): Promise<void> {
    const { subscriber } = membership;
    const isMember = (): boolean => this.#members.get(subscriber) === membership;
    membership.isLive = false;
    try {
      while (subscriber.position < this.#position) {
        const page = await this.#feed.after(subscriber.position);
        for (const entry of page) {
          const answer = await this.#answer(entry);
          if (!isMember()) {
            return;
          }
          subscriber.position = entry.position;
          await subscriber.send(answer);
        }
        if (!isMember()) {
          return;
        }
      }
      membership.isLive = true;
    } catch (error) {
      if (isMember()) {
        subscriber.fail(error as Error);
      }
    }
  }
}
