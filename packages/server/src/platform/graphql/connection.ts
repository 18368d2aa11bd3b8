import { apiError } from "./errors.ts";

/** A page of a keyset-ordered list, as Relay connections show it. */
export interface Page<Node> {
  edges: { cursor: string; node: Node }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
}

/** Opaque cursor over the ordering key (strings and numbers, the id last). */
export function encodeCursor(key: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(key)).toString("base64url");
}

/** The ordering key of a cursor; BAD_INPUT when it is not one of `length` parts that we made. */
export function decodeCursor(cursor: string | null | undefined, length: number): (string | number)[] | null {
  if (cursor == null) {
    return null;
  }
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    if (
      Array.isArray(key) &&
      key.length === length &&
      key.every((part) => ["string", "number"].includes(typeof part))
    ) {
      return key as (string | number)[];
    }
  } catch {
    // Falls through to the same answer: a cursor from elsewhere.
  }
  throw apiError("BAD_INPUT", "after: this cursor did not come from this list. Start again without it.");
}

/** Checks 1–100, the range of every connection. */
export function pageSize(first: number | null | undefined, fallback = 50): number {
  const size = first ?? fallback;
  if (!Number.isInteger(size) || size < 1 || size > 100) {
    throw apiError("BAD_INPUT", `first: ${size} is not between 1 and 100.`);
  }
  return size;
}

/** Builds the page from `size + 1` fetched rows: the surplus row only tells that there is more. */
export function toPage<Row, Node>(
  rows: readonly Row[],
  size: number,
  after: string | null | undefined,
  keyOf: (row: Row) => (string | number)[],
  nodeOf: (row: Row) => Node,
): Page<Node> {
  const shown = rows.slice(0, size);
  const edges = shown.map((row) => ({ cursor: encodeCursor(keyOf(row)), node: nodeOf(row) }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > size,
      hasPreviousPage: after != null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
