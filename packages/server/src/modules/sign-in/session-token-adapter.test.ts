import { memoryAdapter, type MemoryDB } from "better-auth/adapters/memory";
import { expect, test } from "vitest";
import { hashSessionToken, hashSessionTokens, readSessionHandle } from "./session-token-adapter.ts";

interface SessionRow {
  id: string;
  userId: string;
  token: string;
}

const now = new Date("2026-01-01");

function openAdapter() {
  const rows: MemoryDB = { session: [], user: [], account: [], verification: [] };
  const adapter = hashSessionTokens(Promise.resolve(memoryAdapter(rows)({})));
  const addSession = (token: string) =>
    adapter.create<Record<string, unknown>, SessionRow>({
      model: "session",
      data: { userId: "user", token, expiresAt: now, createdAt: now, updatedAt: now },
    });
  const stored = () => rows.session?.map((row) => row.token);
  return { adapter, addSession, stored };
}

test("writing stores the hash and answers with the clear token", async () => {
  const { addSession, stored } = openAdapter();
  expect((await addSession("clear")).token).toBe("clear");
  expect(stored()).toEqual([hashSessionToken("clear")]);
});

test("looking up by token finds by its hash and answers with the clear token", async () => {
  const { adapter, addSession } = openAdapter();
  const { id } = await addSession("clear");
  const where = [{ field: "token", value: "clear" }];
  expect(await adapter.findOne<SessionRow>({ model: "session", where })).toMatchObject({
    id,
    token: "clear",
  });
  const byHash = [{ field: "token", value: hashSessionToken("clear") }];
  expect(await adapter.findOne({ model: "session", where: byHash })).toBeNull();
});

test("a list by several tokens gives each back its own", async () => {
  const { adapter, addSession } = openAdapter();
  await addSession("one");
  await addSession("two");
  const where = [{ field: "token", operator: "in" as const, value: ["two", "one", "three"] }];
  const found = await adapter.findMany<SessionRow>({ model: "session", where });
  expect(found.map((row) => row.token).toSorted()).toEqual(["one", "two"]);
});

test("a list by anything else shows handles, which name the session and find nothing", async () => {
  const { adapter, addSession } = openAdapter();
  const { id } = await addSession("clear");
  const where = [{ field: "userId", value: "user" }];
  const [listed] = await adapter.findMany<SessionRow>({ model: "session", where });
  expect(listed?.token).toBe(`session:${id}`);
  const byHandle = [{ field: "token", value: `session:${id}` }];
  expect(await adapter.findOne({ model: "session", where: byHandle })).toBeNull();
});

test("updating and deleting go by the hash, inside a transaction as well", async () => {
  const { adapter, addSession, stored } = openAdapter();
  await addSession("one");
  await addSession("two");
  const one = [{ field: "token", value: "one" }];
  const updated = await adapter.update<SessionRow>({
    model: "session",
    where: one,
    update: { token: "new" },
  });
  expect(updated?.token).toBe("new");
  expect(stored()).toEqual([hashSessionToken("new"), hashSessionToken("two")]);
  await adapter.transaction((inner) =>
    inner.delete({ model: "session", where: [{ field: "token", value: "two" }] }),
  );
  expect(stored()).toEqual([hashSessionToken("new")]);
});

test("comparing tokens in ways a hash cannot is an error, not an empty answer", async () => {
  const { adapter } = openAdapter();
  const where = [{ field: "token", operator: "starts_with" as const, value: "c" }];
  await expect(adapter.findMany({ model: "session", where })).rejects.toThrow("starts_with");
});

test("an adapter that did not open fails every call with the reason", async () => {
  const adapter = hashSessionTokens(Promise.reject(new Error("no database")));
  await expect(adapter.count({ model: "session" })).rejects.toThrow("no database");
});

test("only whole handles are read", () => {
  const id = "0190a3b4-c5d6-7e8f-9a0b-c1d2e3f4a5b6";
  expect(readSessionHandle(`session:${id}`)).toBe(id);
  for (const text of [id, `session:${id} `, "session:", `token:${id}`, `session:${id.toUpperCase()}`]) {
    expect(readSessionHandle(text)).toBeNull();
  }
});
