import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../kit/api-client.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makePerson, makeWorld } from "../kit/world.ts";

let server: TestServer;
let admin: ApiClient;
let member: ApiClient;
let organizationId: string;

beforeAll(async () => {
  server = await startTestServer();
  ({ admin, organizationId } = await makeWorld(server));
  await makePerson(server, "member@acme.example", [{ role: "MEMBER", organizationId }]);
  member = await server.signIn("member@acme.example");
  await server.pool.query(
    `insert into audit_entry (organization_id, at, actor_account_id, action, subject_type, subject_id, summary, before, after)
     select $1, '2026-01-01'::timestamptz + n * interval '1 hour', a.id, case n % 2 when 0 then 'even.done' else 'odd.done' end, 'thing', $1,
       case n when 7 then '=HYPERLINK("https://evil.example")' else 'Entry ' || n end, jsonb_build_object('n', n), null
     from generate_series(1, 2500) n, account a where a.email = 'admin@acme.example'`,
    [organizationId],
  );
});
afterAll(async () => {
  await server?.stop();
});

const path = (format: string, query = ""): string =>
  `/api/organizations/${organizationId}/audit.${format}${query}`;

interface Line {
  sequence: number;
  action: string;
  summary: string;
  text: string;
  previousHash: string;
  hash: string;
}

async function lines(query = ""): Promise<Line[]> {
  const response = await admin.fetch(path("jsonl", query));
  expect(response.status).toBe(200);
  const text = await response.text();
  return text
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Line);
}

describe("the audit log as JSON Lines", () => {
  it("is whole, over pages, and SHA-256 alone shows that nobody changed it", async () => {
    const all = await lines();
    expect(all.map(({ sequence }) => sequence)).toEqual(
      Array.from({ length: 2_500 }, (_value, index) => index + 1),
    );
    let previous = "0".repeat(64);
    for (const { text, previousHash, hash } of all) {
      expect(previousHash).toBe(previous);
      const digest = createHash("sha256")
        .update(Buffer.from(previousHash, "hex"))
        .update(text, "utf8")
        .digest("hex");
      expect(hash).toBe(digest);
      previous = hash;
    }
  });

  it("says in its hashed text what it says in its fields", async () => {
    const [first] = await lines("?search=Entry 42");
    const text = JSON.parse(first?.text ?? "") as unknown[];
    expect(text.slice(0, 6)).toMatchObject([
      1,
      organizationId,
      first?.sequence,
      expect.any(String),
      expect.any(String),
      first?.action,
    ]);
    expect(text).toContain(first?.summary);
  });

  it.each([
    ["?action=odd.done", 1_250],
    ["?search=entry 25", 12],
    ["?since=2026-01-02T00:00:00Z&until=2026-01-03T00:00:00Z", 24],
    ["?since=2026-01-02T01:00:00%2B01:00&until=2026-01-02T02:00:00%2B01:00&action=even.done", 1],
    [`?subject=01900000-0000-7000-8000-00000000dead`, 0],
  ])("narrows by %s", async (query, count) => {
    expect(await lines(query)).toHaveLength(count);
  });

  it.each([
    ["?actor=somebody", "actor: is not an id"],
    ["?since=yesterday", "since: is not an ISO time"],
    ["?before=2026-01-01T00:00:00Z", "query: Unrecognized key"],
  ])("names what is wrong with %s", async (query, said) => {
    const response = await admin.fetch(path("jsonl", query));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(said);
  });
});

describe("the audit log as CSV", () => {
  it("has one record per entry and runs nothing in a spreadsheet", async () => {
    const response = await admin.fetch(path("csv"));
    expect(response.headers.get("content-disposition")).toBe("attachment; filename=audit-log.csv");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const text = await response.text();
    const records = text.split("\r\n").filter(Boolean);
    expect(records).toHaveLength(2_501);
    expect(records[0]).toBe(
      "Number,Time,Who,Who id,Action,Subject,Subject id,What happened,Before,After,Hash before,Hash",
    );
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
  });
});

describe("who may", () => {
  it("nobody without a session, no member, and a stranger hears what everybody hears of nothing", async () => {
    expect((await server.anonymous().fetch(path("csv"))).status).toBe(401);
    const refused = await member.fetch(path("csv"));
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain("Organization admins");
  });
});

describe("the tail", () => {
  it("says how far the log goes, at once and after each entry, to who may read it", async () => {
    const text = "subscription Tail($id: ID!) { auditTail(organizationId: $id) }";
    const socket = admin.socket();
    const stream = socket.iterate<{ auditTail: number }>({ query: text, variables: { id: organizationId } });
    const first = (await stream.next()).value?.data?.auditTail ?? 0;
    expect(first).toBeGreaterThanOrEqual(2_500);
    await server.pool.query(
      "insert into audit_entry (organization_id, action, subject_type, summary) values ($1, 'one.more', 'thing', 'one more')",
      [organizationId],
    );
    expect((await stream.next()).value?.data).toEqual({ auditTail: first + 1 });
    await socket.dispose();
    const refused = member.socket();
    const answer = await refused.iterate({ query: text, variables: { id: organizationId } }).next();
    expect(answer.value).toMatchObject({ errors: [{ extensions: { code: "FORBIDDEN" } }] });
    await refused.dispose();
  });
});
