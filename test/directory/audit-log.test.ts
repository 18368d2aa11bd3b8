import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeOrganization } from "../kit/factories.ts";
import { insertRow, query } from "../kit/query.ts";
import { openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";

const document = `query Log($organizationId: ID!, $filter: AuditFilter, $first: Int, $after: String) {
  auditLog(organizationId: $organizationId, filter: $filter, first: $first, after: $after) {
    edges { node { id at action subjectType subjectId summary before after actor { id name } } }
    pageInfo { hasNextPage endCursor } totalCount totalIsEstimate
  }
}`;

interface Log {
  edges: { node: { id: string; summary: string; actor: { id: string } | null } }[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  totalCount: number;
  totalIsEstimate: boolean;
}

const subjectId = "01900000-0000-7000-8000-0000000000aa";
let world: SchemaWorld;
let organizationId: string;
let admin: Caller;
let other: Caller;

beforeAll(async () => {
  world = await openSchemaWorld();
  organizationId = (await makeOrganization(world.em)).id;
  admin = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId }]);
  other = await world.person();
  const foreign = (await makeOrganization(world.em)).id;
  // All within one instant: only the id tells them apart.
  for (const [index, action] of [
    "site.create",
    "group.approve",
    "group.decline",
    "site.create",
    "run.finish",
  ].entries()) {
    await insertRow(world.em, "audit_entry", {
      organization_id: organizationId,
      at: index < 3 ? "2026-01-01T00:00:00.000001Z" : "2026-01-01T00:00:00.000002Z",
      actor_account_id: action === "run.finish" ? undefined : index === 1 ? other.accountId : admin.accountId,
      action,
      subject_type: "thing",
      subject_id: index === 2 ? subjectId : undefined,
      summary: `Entry ${index} by Somebody`,
      before: JSON.stringify({ index }),
    });
  }
  await insertRow(world.em, "audit_entry", {
    organization_id: foreign,
    action: "site.create",
    subject_type: "thing",
    subject_id: subjectId,
    summary: "Foreign",
  });
});
afterAll(() => world.close());

async function read(filter: object | null = null, paging: object = {}): Promise<Log> {
  return (await admin.data<{ auditLog: Log }>(document, { organizationId, filter, ...paging })).auditLog;
}
async function summaries(filter: object | null): Promise<string[]> {
  return (await read(filter)).edges.map(({ node }) => node.summary.slice(0, 7));
}

describe("the audit log", () => {
  it("is the organization's own, newest first, with who did it", async () => {
    const { edges, totalCount, totalIsEstimate } = await read();
    expect(edges.map(({ node }) => node.summary.slice(0, 7))).toEqual([
      "Entry 4",
      "Entry 3",
      "Entry 2",
      "Entry 1",
      "Entry 0",
    ]);
    expect(edges[0]?.node).toMatchObject({ actor: null, before: { index: 4 }, after: null });
    expect(edges[3]?.node.actor?.id).toBe(other.accountId);
    expect([totalCount, totalIsEstimate]).toEqual([5, false]);
  });

  it("gives the same entries page by page, also within one instant", async () => {
    const whole = (await read()).edges.map(({ node }) => node.id);
    const paged: string[] = [];
    let after: string | null = null;
    do {
      const page: Log = await read(null, { first: 2, after });
      paged.push(...page.edges.map(({ node }) => node.id));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(paged).toEqual(whole);
  });

  it("narrows by text, action, subject and actor", async () => {
    expect(await summaries({ search: "ENTRY 3" })).toEqual(["Entry 3"]);
    expect(await summaries({ search: "group." })).toEqual(["Entry 2", "Entry 1"]);
    expect(await summaries({ search: "100%_" })).toEqual([]);
    expect(await summaries({ action: "site.create" })).toEqual(["Entry 3", "Entry 0"]);
    expect(await summaries({ subjectId })).toEqual(["Entry 2"]);
    expect(await summaries({ actorId: other.accountId })).toEqual(["Entry 1"]);
    expect(await summaries({ actorId: admin.accountId, action: "group.decline" })).toEqual(["Entry 2"]);
    expect((await read({ action: "site.create" })).totalCount).toBe(2);
  });

  it("estimates the total of a long log and says so", async () => {
    const long = (await makeOrganization(world.em)).id;
    const boss = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId: long }]);
    await query(
      world.em,
      `insert into audit_entry (organization_id, action, subject_type, summary)
       select $1, 'a', 'b', 'c' from generate_series(1, 10500)`,
      [long],
    );
    await query(world.em, "analyze audit_entry");
    const { auditLog } = await boss.data<{ auditLog: Log }>(document, { organizationId: long, first: 1 });
    expect(auditLog.totalIsEstimate).toBe(true);
    expect(auditLog.totalCount).toBeGreaterThan(10_000);
    expect(auditLog.totalCount).toBeLessThan(12_000);
  });

  it("is for organization admins; others of the organization learn who can grant it", async () => {
    const member = await world.person([{ role: "MEMBER", organizationId }]);
    const { errors } = await member.answer(document, { organizationId });
    expect(errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    expect(errors?.[0]?.message).toContain("Organization admins");
  });

  it("reads as many statements for many entries as for one", async () => {
    const few = await world.countStatements(() => read(null, { first: 1 }));
    const many = await world.countStatements(() => read());
    expect([few, many]).toEqual([2, 3]);
  });
});
