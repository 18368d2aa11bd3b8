import { createClient, type Client } from "graphql-ws";
import WebSocket from "ws";

const document = `subscription Events($id: ID!, $after: Int!) {
  migrationEvents(migrationId: $id, afterSequence: $after) { sequence type }
}`;

/** How an attempt of a follower ended: with the code of a closed socket, or with the code of an error. */
export interface Cut {
  code: number | string | undefined;
}

/**
 * Somebody who follows a run through every cut: it takes up after the last number it has, and keeps every number it
 * was ever sent. `address` and `cookie` are asked for again at each attempt.
 */
export class EventFollower {
  readonly seen: number[] = [];
  readonly cuts: Cut[] = [];
  /** Living lines that it cut itself; attempts that found no server are only among `cuts`. */
  ownCuts = 0;
  readonly #address: () => string;
  readonly #cookie: () => Promise<string>;
  readonly #migrationId: string;
  #client: Client | undefined;
  #cutAfter = Infinity;

  constructor(migrationId: string, address: () => string, cookie: () => Promise<string>) {
    this.#migrationId = migrationId;
    this.#address = address;
    this.#cookie = cookie;
  }

  /** The line goes dead without a goodbye after this many further events. */
  cutAfter(events: number): void {
    this.#cutAfter = this.seen.length + events;
  }

  /** Follows until `isLast` says so of an event; the numbers are in `seen`. */
  async follow(isLast: (type: string) => boolean): Promise<void> {
    for (;;) {
      const cut = await this.#attempt(isLast);
      if (cut === null) {
        return;
      }
      this.cuts.push(cut);
      await new Promise((resolve) => {
        setTimeout(resolve, 20);
      });
    }
  }

  async stop(): Promise<void> {
    await this.#client?.dispose();
  }

  async #attempt(isLast: (type: string) => boolean): Promise<Cut | null> {
    const cookie = await this.#cookie();
    class CookieSocket extends WebSocket {
      constructor(address: string, protocols?: string | string[]) {
        super(address, protocols, { headers: { Cookie: cookie } });
      }
    }
    const client = createClient({
      url: `${this.#address().replace("http", "ws")}/graphql`,
      webSocketImpl: CookieSocket,
      retryAttempts: 0,
    });
    this.#client = client;
    let isOver = false;
    const cut = await new Promise<Cut | null>((resolve) => {
      const stop = client.subscribe<{ migrationEvents: { sequence: number; type: string } }>(
        { query: document, variables: { id: this.#migrationId, after: this.seen.at(-1) ?? 0 } },
        {
          next: ({ data, errors }) => {
            if (isOver) {
              return;
            }
            const event = data?.migrationEvents;
            if (event === undefined) {
              resolve({ code: String(errors?.[0]?.extensions?.code) });
              return;
            }
            this.seen.push(event.sequence);
            if (isLast(event.type)) {
              isOver = true;
              resolve(null);
              stop();
            } else if (this.seen.length >= this.#cutAfter) {
              // What is still in flight counts as not received.
              isOver = true;
              this.#cutAfter = Infinity;
              this.ownCuts += 1;
              client.terminate();
            }
          },
          error: (error) => resolve({ code: (error as { code?: number }).code }),
          complete: () => resolve({ code: undefined }),
        },
      );
    });
    await client.dispose();
    return cut;
  }
}
