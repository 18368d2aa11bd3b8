import { createHash } from "node:crypto";
import type { DBAdapter, DBTransactionAdapter, Where } from "better-auth";

const handlePrefix = "session:";
const handlePattern = /^session:([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** The bytes kept instead of a token. Tokens are 32 random letters, so one plain SHA-256 is enough. */
export function hashSessionToken(token: string): string {
  return createHash("sha256").update(token).digest("base64url");
}

/** The session's id when the text is a handle as session lists show it instead of a token, else null. */
export function readSessionHandle(text: string): string | null {
  return handlePattern.exec(text)?.[1] ?? null;
}

/**
 * Keeps clear session tokens out of the database: better-auth writes them as they are, so a copy of the table
 * would sign in as everybody. Writes store the hash and lookups hash their argument. Rows come back with the
 * clear token where the caller gave it; elsewhere, in lists, with a handle naming the session, which no lookup
 * accepts: a hash there would look like a token and quietly end nothing when sent back.
 * @param opening the adapter to wrap; it is awaited at first use because opening one is asynchronous
 */
export function hashSessionTokens(opening: Promise<DBAdapter>): DBAdapter {
  // Every call awaits it and meets the error there; this keeps a failed opening from ending the process first.
  opening.catch(() => {});
  return {
    id: "hashed-session-tokens",
    ...wrapOperations(() => opening),
    transaction: async (work) => (await opening).transaction((inner) => work(wrapTransaction(inner))),
  };
}

function wrapTransaction(inner: DBTransactionAdapter): DBTransactionAdapter {
  return { id: "hashed-session-tokens", ...wrapOperations(async () => inner) };
}

function wrapOperations(open: () => Promise<DBTransactionAdapter>): Omit<DBTransactionAdapter, "id"> {
  return {
    async create(call) {
      const inner = await open();
      const tokens = new TokenPairs(call.model);
      return tokens.restore(await inner.create({ ...call, data: tokens.hashIn(call.data) }));
    },
    async findOne<T>(call: Call<"findOne">) {
      const { inner, query, tokens } = await prepare(open, call);
      return tokens.restore(await inner.findOne<T>(query));
    },
    async findMany<T>(call: Call<"findMany">) {
      const { inner, query, tokens } = await prepare(open, call);
      return (await inner.findMany<T>(query)).map((row) => tokens.restore(row));
    },
    async update<T>(call: Call<"update">) {
      const { inner, query, tokens } = await prepare(open, call);
      return tokens.restore(await inner.update<T>({ ...query, update: tokens.hashIn(call.update) }));
    },
    async consumeOne<T>(call: Call<"consumeOne">) {
      const { inner, query, tokens } = await prepare(open, call);
      return tokens.restore(await inner.consumeOne<T>(query));
    },
    async incrementOne<T>(call: Call<"incrementOne">) {
      const { inner, query, tokens } = await prepare(open, call);
      return tokens.restore(await inner.incrementOne<T>({ ...query, set: tokens.hashIn(call.set ?? {}) }));
    },
    async count(call) {
      const { inner, query } = await prepare(open, call);
      return inner.count(query);
    },
    async updateMany(call) {
      const { inner, query, tokens } = await prepare(open, call);
      return inner.updateMany({ ...query, update: tokens.hashIn(call.update) });
    },
    async delete(call) {
      const { inner, query } = await prepare(open, call);
      return inner.delete(query);
    },
    async deleteMany(call) {
      const { inner, query } = await prepare(open, call);
      return inner.deleteMany(query);
    },
  };
}

type Call<Operation extends keyof DBTransactionAdapter> = DBTransactionAdapter[Operation] extends (
  call: infer Argument,
) => unknown
  ? Argument
  : never;

async function prepare<Query extends { model: string; where?: Where[] }>(
  open: () => Promise<DBTransactionAdapter>,
  call: Query,
): Promise<{ inner: DBTransactionAdapter; query: Query; tokens: TokenPairs }> {
  const tokens = new TokenPairs(call.model);
  const where = call.where?.map((condition) => tokens.hashCondition(condition));
  return { inner: await open(), query: where === undefined ? call : { ...call, where }, tokens };
}

/** The clear tokens one call brought along, by their hashes. Leaves every model but the session as it is. */
class TokenPairs {
  readonly #isSession: boolean;
  readonly #clearByHash = new Map<string, string>();

  constructor(model: string) {
    this.#isSession = model === "session";
  }

  hashIn<T extends object>(row: T): T {
    if (!this.#isSession || !("token" in row) || typeof row.token !== "string") {
      return row;
    }
    return { ...row, token: this.#hash(row.token) };
  }

  hashCondition(condition: Where): Where {
    if (!this.#isSession || condition.field !== "token") {
      return condition;
    }
    const { value, operator = "eq" } = condition;
    if (operator === "eq" && typeof value === "string") {
      return { ...condition, value: this.#hash(value) };
    }
    if (operator === "in" && Array.isArray(value)) {
      return { ...condition, value: value.map((token) => this.#hash(String(token))) };
    }
    throw new Error(`Session tokens are stored as hashes and cannot be compared with "${operator}".`);
  }

  restore<T>(row: T): T {
    if (!this.#isSession || typeof row !== "object" || row === null) {
      return row;
    }
    if (!("token" in row) || typeof row.token !== "string") {
      return row;
    }
    const id = "id" in row ? String(row.id) : "";
    return { ...row, token: this.#clearByHash.get(row.token) ?? `${handlePrefix}${id}` };
  }

  #hash(token: string): string {
    const hash = hashSessionToken(token);
    this.#clearByHash.set(hash, token);
    return hash;
  }
}
