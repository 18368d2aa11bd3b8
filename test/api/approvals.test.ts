import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canonicalJson } from "../../packages/server/src/platform/canonical-json.ts";
import type { ApiClient } from "../kit/api-client.ts";
import { approveMigration, createMigration, decide, planMigration, stateOf } from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makePerson, makeWorld, uploadAndApply, type World } from "../kit/world.ts";

let server: TestServer;
let worlds = 0;

interface Pair extends World {
  second: ApiClient;
  secondEmail: string;
}

/** A world of its own with a second organization admin. */
async function freshWorld(): Promise<Pair> {
  worlds += 1;
  const made = await makeWorld(server, `Four${worlds}`);
  const secondEmail = `second@four${worlds}.example`;
  await makePerson(server, secondEmail, [
    { role: "ORGANIZATION_ADMIN", organizationId: made.organizationId },
  ]);
  const rows = [1, 2, 3].map((index) => `p${index}@four${worlds}.example,P ${index},portal-only`);
  const file = ["email,name,account type", ...rows].join("\r\n");
  await uploadAndApply(made.admin, made.source.id, file, "CUSTOMERS");
  return { ...made, second: await server.signIn(secondEmail), secondEmail };
}

interface Answer {
  __typename: string;
  code?: string;
  message?: string;
  whoCanGrant?: string[];
}

async function setPolicy(client: ApiClient, organizationId: string, required: boolean): Promise<Answer> {
  const data = await client.query<{ setApprovalPolicy: Answer }>(
    `mutation Set($input: SetApprovalPolicyInput!) {
       setApprovalPolicy(input: $input) { __typename ... on Refused { code message whoCanGrant } }
     }`,
    { input: { organizationId, secondApproverRequired: required } },
  );
  return data.setApprovalPolicy;
}

interface Approvals {
  state: string;
  approvalsRequired: number;
  viewerCanApprove: boolean;
  awaitedApprovers: string[];
  plan: { shownDigest: string; fingerprint: string };
  approvals: {
    ordinal: number;
    by: { email: string };
    fingerprint: string;
    shownDigest: string;
    shown: Record<string, unknown>;
  }[];
}

async function approvalsOf(client: ApiClient, id: string): Promise<Approvals> {
  const data = await client.query<{ migration: Approvals }>(
    `query Approvals($id: ID!) { migration(id: $id) {
       state approvalsRequired viewerCanApprove awaitedApprovers plan { shownDigest fingerprint }
       approvals { ordinal by { email } fingerprint shownDigest shown }
     } }`,
    { id },
  );
  return data.migration;
}

beforeAll(async () => {
  server = await startTestServer();
});

afterAll(async () => {
  await server?.stop();
});

describe("an approval", () => {
  it("keeps exactly what was shown, under a digest that anybody can compute again", async () => {
    const world = await freshWorld();
    const id = await createMigration(world);
    const fingerprint = await planMigration(world.admin, id);
    const before = await approvalsOf(world.admin, id);
    await approveMigration(world.admin, id, fingerprint, world.destination.name);
    const { approvals, state } = await approvalsOf(world.admin, id);
    expect(state).toBe("APPROVED");
    const [approval] = approvals;
    expect(approval).toMatchObject({ ordinal: 1, fingerprint, shownDigest: before.plan.shownDigest });
    const text = canonicalJson(approval?.shown);
    expect(createHash("sha256").update(text).digest("hex")).toBe(approval?.shownDigest);
    expect(approval?.shown).toMatchObject({
      source: { name: world.source.name },
      destination: { name: world.destination.name },
      options: { allCustomers: true },
      counts: { totalItems: 3, create: 3 },
      whatPeopleNotice: expect.arrayContaining([
        `3 people get portal-only accounts on ${world.destination.name}.`,
      ]),
    });
    expect(approval?.shown.checks).toHaveLength((await checksOf(world.admin, id)).length);
  });

  it("is refused when something else was shown than the plan shows now", async () => {
    const world = await freshWorld();
    const id = await createMigration(world);
    const fingerprint = await planMigration(world.admin, id);
    const input = { migrationId: id, fingerprint, confirmSiteName: world.destination.name };
    const data = await world.admin.query<{ approveMigration: Answer }>(
      `mutation Approve($input: ApproveMigrationInput!) {
         approveMigration(input: $input) { __typename ... on Refused { code message } }
       }`,
      { input: { ...input, shownDigest: "0".repeat(64) } },
    );
    expect(data.approveMigration).toMatchObject({ code: "STALE_PLAN" });
    expect((await approvalsOf(world.admin, id)).approvals).toEqual([]);
  });
});

describe("with a second approver required", () => {
  async function plannedPair(): Promise<Pair & { id: string; fingerprint: string }> {
    const world = await freshWorld();
    expect(await setPolicy(world.admin, world.organizationId, true)).toMatchObject({
      __typename: "OrganizationResult",
    });
    const id = await createMigration(world);
    return { ...world, id, fingerprint: await planMigration(world.admin, id) };
  }

  it("one approval waits, the same person is refused with who can, another person seals", async () => {
    const { admin, second, secondEmail, id, fingerprint, destination } = await plannedPair();
    expect(await approveMigration(admin, id, fingerprint, destination.name)).toMatchObject({
      migration: { state: "PLANNED" },
    });
    expect(await approvalsOf(admin, id)).toMatchObject({
      approvalsRequired: 2,
      viewerCanApprove: false,
      awaitedApprovers: [expect.stringContaining(secondEmail)],
    });
    expect(await decide(admin, "startMigration", id)).toMatchObject({ code: "INVALID_STATE" });
    const again = await approveMigration(admin, id, fingerprint, destination.name);
    expect(again).toMatchObject({ code: "NOT_PERMITTED" });
    expect(again.message).toContain(secondEmail);
    expect((await approvalsOf(second, id)).viewerCanApprove).toBe(true);
    expect(await approveMigration(second, id, fingerprint, destination.name)).toMatchObject({
      migration: { state: "APPROVED" },
    });
    const { approvals, awaitedApprovers } = await approvalsOf(admin, id);
    expect(approvals.map((approval) => approval.fingerprint)).toEqual([fingerprint, fingerprint]);
    expect(awaitedApprovers).toEqual([]);
  });

  it("planning again drops the first approval", async () => {
    const { admin, second, id, fingerprint, destination } = await plannedPair();
    await approveMigration(admin, id, fingerprint, destination.name);
    expect(await planMigration(admin, id)).toBe(fingerprint);
    expect((await approvalsOf(admin, id)).approvals).toEqual([]);
    await approveMigration(second, id, fingerprint, destination.name);
    expect(await stateOf(admin, id)).toBe("PLANNED");
  });

  it("two people at once seal once, and one person at once does not", async () => {
    const { admin, second, id, fingerprint, destination } = await plannedPair();
    const alone = await Promise.all(
      [1, 2, 3].map(() => approveMigration(admin, id, fingerprint, destination.name)),
    );
    expect(alone.filter((answer) => answer.code === "NOT_PERMITTED")).toHaveLength(2);
    expect(await stateOf(admin, id)).toBe("PLANNED");
    await planMigration(admin, id);
    const both = await Promise.all(
      [admin, second].map((client) => approveMigration(client, id, fingerprint, destination.name)),
    );
    expect(both.map((answer) => answer.migration?.state).toSorted()).toEqual(["APPROVED", "PLANNED"]);
    const { rows } = await server.pool.query<{ type: string; count: number }>(
      `select type, count(*)::int as count from migration_event where migration_id = $1 and type like 'APPROV%'
       group by type order by type`,
      [id],
    );
    expect(rows).toEqual([
      { type: "APPROVAL_GIVEN", count: 2 },
      { type: "APPROVED", count: 1 },
    ]);
  });

  it("switching it off seals nothing by itself; the next approval does", async () => {
    const { admin, organizationId, id, fingerprint, destination } = await plannedPair();
    await approveMigration(admin, id, fingerprint, destination.name);
    await setPolicy(admin, organizationId, false);
    expect(await approvalsOf(admin, id)).toMatchObject({
      state: "PLANNED",
      approvalsRequired: 1,
      viewerCanApprove: true,
    });
    expect(await approveMigration(admin, id, fingerprint, destination.name)).toMatchObject({
      migration: { state: "APPROVED" },
    });
    const { rows } = await server.pool.query<{ summary: string }>(
      "select summary from audit_entry where organization_id = $1 and action = 'organization.set_approval_policy' order by at",
      [organizationId],
    );
    expect(rows).toHaveLength(2);
  });

  it("only organization admins set the rule, and others are told who can", async () => {
    const world = await freshWorld();
    const email = `site@four${worlds}.example`;
    await makePerson(server, email, [
      { role: "SITE_ADMIN", organizationId: world.organizationId, siteId: world.destination.id },
    ]);
    const answer = await setPolicy(await server.signIn(email), world.organizationId, true);
    expect(answer).toMatchObject({ code: "NOT_PERMITTED" });
    expect(answer.whoCanGrant).toEqual(expect.arrayContaining([expect.stringContaining(world.secondEmail)]));
  });
});

async function checksOf(client: ApiClient, id: string): Promise<{ code: string }[]> {
  const data = await client.query<{ migration: { checks: { code: string }[] } }>(
    `query Checks($id: ID!) { migration(id: $id) { checks { code } } }`,
    { id },
  );
  return data.migration.checks;
}
