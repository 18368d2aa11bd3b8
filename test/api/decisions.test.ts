import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  approveMigration,
  createMigration,
  decide,
  planMigration,
  startMigration,
  untilEnded,
} from "../kit/migration-flow.ts";
import { downloadReport } from "../kit/report.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makePerson, makeWorld, until, uploadAndApply, type World } from "../kit/world.ts";

let server: TestServer;
let world: World;
let worlds = 0;

/** A world of its own per test: one live migration per pair of sites is a rule of the product. */
async function freshWorld(people = 200): Promise<World> {
  worlds += 1;
  const made = await makeWorld(server, `World${worlds}`);
  const rows = Array.from(
    { length: people },
    (_value, index) => `p${index}@w${worlds}.example,P ${index},portal-only`,
  );
  if (people > 0) {
    await uploadAndApply(
      made.admin,
      made.source.id,
      ["email,name,account type", ...rows].join("\r\n"),
      "CUSTOMERS",
    );
  }
  return made;
}

beforeAll(async () => {
  server = await startTestServer({ REHOME_BATCH_SIZE: "10", REHOME_BATCH_PAUSE_MS: "20" });
  world = await freshWorld();
});

afterAll(async () => {
  await server?.stop();
});

describe("starting", () => {
  it("clicked twenty times at once starts one run", async () => {
    const id = await createMigration(world);
    const fingerprint = await planMigration(world.admin, id);
    await approveMigration(world.admin, id, fingerprint, world.destination.name);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => decide(world.admin, "startMigration", id)),
    );
    expect(answers.filter((answer) => answer.__typename === "MigrationResult")).toHaveLength(1);
    expect(
      new Set(answers.filter((answer) => answer.code !== undefined).map((answer) => answer.code)),
    ).toEqual(new Set(["INVALID_STATE"]));
    expect(await untilEnded(world.admin, id)).toBe("COMPLETED");
    const { rows } = await server.pool.query<{ started: number }>(
      "select count(*)::int as started from migration_event where migration_id = $1 and type = 'STARTED'",
      [id],
    );
    expect(rows[0]?.started).toBe(1);
  });

  it("goes on when somebody changed the people after the approval: those alone are set aside", async () => {
    const made = await freshWorld(20);
    const id = await createMigration(made);
    await approveMigration(made.admin, id, await planMigration(made.admin, id), made.destination.name);
    await uploadAndApply(
      made.admin,
      made.destination.id,
      `email,name,account type\r\np1@w${worlds}.example,Late,portal-only\r\n`,
      "CUSTOMERS",
    );
    const answer = await decide(made.admin, "startMigration", id);
    expect(answer).toMatchObject({ __typename: "MigrationResult" });
    expect(await untilEnded(made.admin, id)).toBe("COMPLETED_WITH_ATTENTION");
    const { rows } = await server.pool.query<{ email: string }>(
      "select email from migration_item where migration_id = $1 and outcome <> 'SUCCESSFUL'",
      [id],
    );
    expect(rows.map((row) => row.email)).toEqual([`p1@w${worlds}.example`]);
  });
});

describe("approving", () => {
  it("needs the destination's name, the fingerprint that was shown, and passing checks", async () => {
    const made = await freshWorld(20);
    const id = await createMigration(made);
    const fingerprint = await planMigration(made.admin, id);
    expect(await approveMigration(made.admin, id, fingerprint, "Another site")).toMatchObject({
      code: "CONFIRMATION_MISMATCH",
    });
    expect(await approveMigration(made.admin, id, "0".repeat(64), made.destination.name)).toMatchObject({
      code: "STALE_PLAN",
    });
    expect(
      await approveMigration(made.admin, id, fingerprint, made.destination.name.toUpperCase()),
    ).toMatchObject({ __typename: "MigrationResult" });
  });

  it("is refused while a blocking check fails: nobody to copy", async () => {
    const made = await freshWorld(0);
    const id = await createMigration(made);
    const answer = await approveMigration(
      made.admin,
      id,
      await planMigration(made.admin, id),
      made.destination.name,
    );
    expect(answer.code).toBe("CHECKS_FAILED");
    expect(answer.message).toContain(made.source.name);
  });

  it("is refused while another migration between the sites is live", async () => {
    const made = await freshWorld(400);
    const second = await createMigration(made);
    const fingerprint = await planMigration(made.admin, second);
    const first = await startMigration(made);
    const answer = await approveMigration(made.admin, second, fingerprint, made.destination.name);
    expect(["INVALID_STATE", "STALE_PLAN", "CHECKS_FAILED"]).toContain(answer.code);
    await untilEnded(made.admin, first);
  });

  it("is refused to a site admin of only one of the sites, saying who can", async () => {
    const made = await freshWorld(5);
    await makePerson(server, "half@w.example", [
      { role: "SITE_ADMIN", organizationId: made.organizationId, siteId: made.destination.id },
    ]);
    const half = await server.signIn("half@w.example");
    const id = await createMigration(made);
    const fingerprint = await planMigration(made.admin, id);
    const answer = await approveMigration(half, id, fingerprint, made.destination.name);
    expect(answer.code).toBe("NOT_PERMITTED");
    expect(answer.message).toContain(made.source.name);
  });
});

describe("a running migration", () => {
  it("pauses at a batch edge, stays there, and goes on to the same end", async () => {
    const made = await freshWorld(400);
    const id = await startMigration(made);
    await until(async () => (await applied(id)) > 0);
    expect(await decide(made.admin, "pauseMigration", id)).toMatchObject({ __typename: "MigrationResult" });
    const paused = await applied(id);
    await new Promise((resolve) => {
      setTimeout(resolve, 300);
    });
    expect(await applied(id)).toBe(paused);
    expect(paused).toBeLessThan(400);
    expect(await decide(made.admin, "resumeMigration", id)).toMatchObject({ __typename: "MigrationResult" });
    expect(await untilEnded(made.admin, id)).toBe("COMPLETED");
  });

  it("stopped for good leaves whole batches, and its report says what was not applied", async () => {
    const made = await freshWorld(400);
    const id = await startMigration(made);
    await until(async () => (await applied(id)) > 0);
    await decide(made.admin, "cancelMigration", id);
    const done = await applied(id);
    const summary = (await downloadReport(made.admin, id))["Summary.csv"] ?? [];
    expect(Object.fromEntries(summary.map((row) => [row.Outcome, Number(row.Count)]))).toEqual({
      "Total rows": 400,
      Successful: done,
      "Requires attention": 0,
      Failed: 0,
      "Not applied yet": 400 - done,
    });
    const { rows } = await server.pool.query<{ people: number }>(
      "select count(*)::int as people from portal_customer where site_id = $1",
      [made.destination.id],
    );
    expect(rows[0]?.people).toBe(done);
    expect(await decide(made.admin, "resumeMigration", id)).toMatchObject({ code: "INVALID_STATE" });
  });
});

describe("an idempotency key", () => {
  const create = `mutation Create($input: CreateMigrationInput!) {
    createMigration(input: $input) { __typename ... on Refused { code } ... on MigrationResult { migration { id } } }
  }`;

  it("answers a repeat with the first answer, also when both come at once, and acts once", async () => {
    const made = await freshWorld(0);
    const input = {
      kind: "COPY_CUSTOMERS",
      sourceSiteId: made.source.id,
      destinationSiteId: made.destination.id,
      allCustomers: true,
      idempotencyKey: randomUUID(),
    };
    const answers = await Promise.all([1, 2, 3].map(() => made.admin.ask(create, { input })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    const { rows } = await server.pool.query<{ count: number }>(
      "select count(*)::int as count from migration where source_site_id = $1",
      [made.source.id],
    );
    expect(rows[0]?.count).toBe(1);
    const other = await made.admin.ask(create, {
      input: { ...input, allCustomers: false, projectKeys: ["A"] },
    });
    expect(other.errors?.[0]?.extensions?.code).toBe("BAD_INPUT");
  });
});

async function applied(id: string): Promise<number> {
  const { rows } = await server.pool.query<{ applied: number }>(
    "select applied_ordinal as applied from migration where id = $1",
    [id],
  );
  return rows[0]?.applied ?? 0;
}
