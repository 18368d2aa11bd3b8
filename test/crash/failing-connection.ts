import type pg from "pg";

type Query = (...parameters: unknown[]) => unknown;

/** How the chosen statement fails: before the database sees it, or after it is done and before the answer arrives. */
export type FaultMode = "before" | "after";

/** Counts the statements of a pool's connections and cuts the connection at one of them. */
export class FailingConnection {
  /** Statements seen since `arm`, of the kind that the mode looks at. */
  seen = 0;
  /** The text of the statement that failed, for messages. */
  failed: string | undefined;
  /** A connection that is being made when this begins is met twice. */
  readonly #wrapped = new WeakSet<pg.PoolClient>();
  #at = 0;
  #mode: FaultMode = "before";

  constructor(pool: pg.Pool) {
    // Those that are open already, and those to come.
    const { _clients: open } = pool as unknown as { _clients: pg.PoolClient[] };
    open.forEach((client) => this.#wrap(client));
    pool.on("connect", (client) => this.#wrap(client));
  }

  /** Lets the n-th statement from now on fail, once. Where the answer is lost, only what commits by itself counts. */
  arm(n: number, mode: FaultMode): void {
    this.seen = 0;
    this.failed = undefined;
    this.#at = n;
    this.#mode = mode;
  }

  #wrap(client: pg.PoolClient): void {
    if (this.#wrapped.has(client)) {
      return;
    }
    this.#wrapped.add(client);
    const original = client.query.bind(client) as unknown as Query;
    let inside = false;
    const query = (...parameters: unknown[]): unknown => {
      const [first] = parameters;
      const text = typeof first === "string" ? first : ((first as { text?: string }).text ?? "");
      const word = text
        .replace(/\/\*.*?\*\//g, "")
        .trim()
        .slice(0, 9)
        .toLowerCase();
      const begins = /^(begin|start tra)/.test(word);
      const commits = word.startsWith("commit") || (!inside && !begins);
      if (begins) {
        inside = true;
      } else if (/^(commit|rollback$)/.test(word)) {
        inside = false;
      }
      const promised = parameters.every((parameter) => typeof parameter !== "function");
      if (!promised || (this.#mode === "after" && !commits)) {
        return original(...parameters);
      }
      this.seen += 1;
      if (this.seen !== this.#at) {
        return original(...parameters);
      }
      this.failed = text.slice(0, 120);
      return this.#mode === "before"
        ? cut(client)
        : (original(...parameters) as Promise<unknown>).then(() => cut(client));
    };
    client.query = query as unknown as typeof client.query;
  }
}

/** What a broken line looks like to the program: the socket is gone and the statement has no answer. */
async function cut(client: pg.PoolClient): Promise<never> {
  const { connection } = client as unknown as { connection: { stream: { destroy(): void } } };
  connection.stream.destroy();
  throw Object.assign(new Error("Connection terminated unexpectedly"), { code: "08006" });
}
