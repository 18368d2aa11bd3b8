import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../kit/api-client.ts";
import { startMigration, stateOf, untilEnded } from "../kit/migration-flow.ts";
import { downloadReport } from "../kit/report.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makePerson, makeWorld, until, uploadSamples, type World } from "../kit/world.ts";

let server: TestServer;
let worlds = 0;

beforeAll(async () => {
  server = await startTestServer({ REHOME_BATCH_SIZE: "10" });
});

afterAll(async () => {
  await server?.stop();
});

interface Undo {
  id: string;
  state: string;
  fingerprint: string | null;
  total: number;
  restoreCount: number;
  setAsideCount: number;
  unchangedCount: number;
  processed: number;
  restored: number;
  leftAside: number;
  whatPeopleNotice: string[];
  viewerCanStart: boolean;
  about: string;
}
interface Answer {
  __typename: string;
  code?: string;
  message?: string;
  whoCanGrant?: string[];
  undo?: { id: string; state: string };
}

const answerFields =
  "__typename ... on Refused { code message whoCanGrant } ... on UndoSuccess { undo { id state } }";

async function planUndo(client: ApiClient, input: Record<string, unknown>): Promise<Answer> {
  const data = await client.query<{ planUndo: Answer }>(
    `mutation Plan($input: PlanUndoInput!) { planUndo(input: $input) { ${answerFields} } }`,
    { input },
  );
  return data.planUndo;
}

async function startUndo(client: ApiClient, input: Record<string, unknown>): Promise<Answer> {
  const data = await client.query<{ startUndo: Answer }>(
    `mutation Start($input: StartUndoInput!) { startUndo(input: $input) { ${answerFields} } }`,
    { input },
  );
  return data.startUndo;
}

async function readUndo(client: ApiClient, migrationId: string, id: string): Promise<Undo> {
  const data = await client.query<{ migration: { undo: Undo } }>(
    `query Undo($migration: ID!, $id: ID!) { migration(id: $migration) { undo(id: $id) {
       id state fingerprint total restoreCount setAsideCount unchangedCount processed restored leftAside whatPeopleNotice
       viewerCanStart about } } }`,
    { migration: migrationId, id },
  );
  return data.migration.undo;
}

/** A run of the samples in a world of its own. */
async function ranWorld(): Promise<{ world: World; migrationId: string }> {
  worlds += 1;
  const world = await makeWorld(server, `Undo${worlds}`);
  await uploadSamples(world);
  const migrationId = await startMigration(world);
  await untilEnded(world.admin, migrationId);
  return { world, migrationId };
}

async function planned(world: World, migrationId: string, scope: object): Promise<Undo> {
  const answer = await planUndo(world.admin, { migrationId, scope });
  const id = answer.undo?.id ?? "";
  await until(async () => (await readUndo(world.admin, migrationId, id)).state !== "PLANNING");
  return readUndo(world.admin, migrationId, id);
}

async function undone(world: World, migrationId: string, plan: Undo): Promise<Undo> {
  const answer = await startUndo(world.admin, {
    undoId: plan.id,
    fingerprint: plan.fingerprint,
    confirmSiteName: world.destination.name,
  });
  expect(answer).toMatchObject({ __typename: "UndoSuccess" });
  await until(async () => (await readUndo(world.admin, migrationId, plan.id)).state !== "UNDOING");
  return readUndo(world.admin, migrationId, plan.id);
}

describe("a run from before runs kept a journal", () => {
  it("cannot be undone, and says so, whatever was decided about it since", async () => {
    const { world, migrationId } = await ranWorld();
    const mayUndo = async (): Promise<boolean> => {
      const { migration } = await world.admin.query<{ migration: { viewerCanUndo: boolean } }>(
        "query May($id: ID!) { migration(id: $id) { viewerCanUndo } }",
        { id: migrationId },
      );
      return migration.viewerCanUndo;
    };
    expect(await mayUndo()).toBe(true);
    // As the schema's own step leaves such a run.
    await server.pool.query("update migration set journaled = false where id = $1", [migrationId]);
    await server.pool.query("delete from migration_journal where migration_id = $1", [migrationId]);
    expect(await mayUndo()).toBe(false);
    expect(await planUndo(world.admin, { migrationId, scope: { everything: true } })).toMatchObject({
      code: "INVALID_STATE",
      message: expect.stringContaining("this run was made before runs kept a journal"),
    });
    const { rows } = await server.pool.query("select 1 from migration_undo where migration_id = $1", [
      migrationId,
    ]);
    expect(rows).toEqual([]);
  });
});

describe("an undo over the API", () => {
  it("is planned, shown, confirmed, watched and written down", async () => {
    const { world, migrationId } = await ranWorld();
    const before = await server.pool.query<{ email: string }>(
      "select email from portal_customer where site_id = $1 and id not in (select id from migration_item) order by email",
      [world.destination.id],
    );
    const { rows: touched } = await server.pool.query<{ email: string }>(
      `update portal_customer set name = 'Renamed' where id = (select p.id from portal_customer p
         join migration_item i on i.id = p.id where i.migration_id = $1 limit 1) returning email`,
      [migrationId],
    );
    const plan = await planned(world, migrationId, { everything: true });
    expect(plan).toMatchObject({
      state: "PLANNED",
      setAsideCount: 1,
      about: "the whole run",
      viewerCanStart: true,
    });
    expect(plan.restoreCount + plan.setAsideCount + plan.unchangedCount).toBe(plan.total);
    expect(plan.whatPeopleNotice.join(" ")).toContain("Sessions stay ended");
    const aside = await world.admin.query<{
      migration: { undo: { people: { edges: { node: { email: string; reason: string } }[] } } };
    }>(
      `query Aside($migration: ID!, $id: ID!) { migration(id: $migration) { undo(id: $id) {
         people(action: SET_ASIDE) { edges { node { email reason } } } } } }`,
      { migration: migrationId, id: plan.id },
    );
    expect(aside.migration.undo.people.edges.map((edge) => edge.node)).toEqual([
      { email: touched[0]?.email, reason: "renamed since" },
    ]);
    const end = await undone(world, migrationId, plan);
    expect(end).toMatchObject({
      state: "UNDONE",
      restored: plan.restoreCount,
      leftAside: 1,
      processed: plan.total,
    });
    await until(async () => (await stateOf(world.admin, migrationId)) === "UNDONE");
    const { rows: now } = await server.pool.query<{ email: string }>(
      "select email from portal_customer where site_id = $1 order by email",
      [world.destination.id],
    );
    expect(now.map((row) => row.email)).toEqual(
      [...before.rows, ...touched].map((row) => row.email).toSorted((a, b) => (a < b ? -1 : 1)),
    );
    const report = await downloadReport(world.admin, migrationId);
    expect(report["Undone.csv"]).toHaveLength(plan.total);
    expect(report["Undone.csv"]?.filter((row) => row.Result === "Set aside")).toEqual([
      expect.objectContaining({ Email: touched[0]?.email, Reason: "renamed since" }),
    ]);
    expect(report["Undone.csv"]?.filter((row) => row.Result === "Restored")).toHaveLength(plan.restoreCount);
    const { rows: audit } = await server.pool.query<{ action: string }>(
      "select action from audit_entry where subject_id = $1 and action like '%und%' order by at, id",
      [migrationId],
    );
    expect(audit.map((row) => row.action)).toEqual([
      "migration.plan_undo",
      "migration.undo",
      "migration.undone",
    ]);
    const { rows: events } = await server.pool.query<{ type: string; gapless: boolean }>(
      `select type, sequence = row_number() over (order by sequence) as gapless from migration_event
       where migration_id = $1 order by sequence`,
      [migrationId],
    );
    expect(events.every((event) => event.gapless)).toBe(true);
    const types = events.map((event) => event.type).filter((type) => !type.startsWith("PROOF_"));
    expect(types.slice(types.indexOf("UNDO_PLANNING"))).toEqual([
      "UNDO_PLANNING",
      "UNDO_PLANNED",
      "UNDO_STARTED",
      ...types.filter((type) => type === "UNDO_BATCH"),
      "UNDONE",
    ]);
  });

  it("is refused a second time, and a second click starts nothing more", async () => {
    const { world, migrationId } = await ranWorld();
    const plan = await planned(world, migrationId, { everything: true });
    const input = { undoId: plan.id, fingerprint: plan.fingerprint, confirmSiteName: world.destination.name };
    const answers = await Promise.all(Array.from({ length: 8 }, () => startUndo(world.admin, input)));
    expect(answers.filter((answer) => answer.__typename === "UndoSuccess")).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.code))).toEqual(new Set([undefined, "ALREADY_DONE"]));
    await until(async () => (await stateOf(world.admin, migrationId)) === "UNDONE");
    expect(await startUndo(world.admin, input)).toMatchObject({ code: "ALREADY_DONE" });
    expect(await planUndo(world.admin, { migrationId, scope: { everything: true } })).toMatchObject({
      code: "ALREADY_DONE",
    });
  });

  it("needs the plan that was shown, the site's name, and one way of saying whom", async () => {
    const { world, migrationId } = await ranWorld();
    const plan = await planned(world, migrationId, { outcome: "SUCCESSFUL" });
    const input = { undoId: plan.id, fingerprint: plan.fingerprint, confirmSiteName: world.destination.name };
    expect(await startUndo(world.admin, { ...input, confirmSiteName: world.source.name })).toMatchObject({
      code: "CONFIRMATION_MISMATCH",
    });
    expect(await startUndo(world.admin, { ...input, fingerprint: "0".repeat(64) })).toMatchObject({
      code: "STALE_PLAN",
    });
    for (const scope of [{}, { everything: true, outcome: "FAILED" }, { itemIds: [] }, { itemIds: ["x"] }]) {
      expect(await planUndo(world.admin, { migrationId, scope })).toMatchObject({ code: "INVALID_INPUT" });
    }
    expect(await planUndo(world.admin, { migrationId, scope: { itemIds: [randomUUID()] } })).toMatchObject({
      code: "INVALID_INPUT",
    });
    const other = await planned(world, migrationId, { effect: "CREATE" });
    expect(await startUndo(world.admin, input)).toMatchObject({ code: "STALE_PLAN" });
    // Somebody is approved after the plan was shown.
    const { rows } = await server.pool.query<{ id: string; waiting: number }>(
      `select g.id, (select count(*)::int from user_group_member m where m.group_id = g.id) as waiting
       from user_group g where g.migration_id = $1`,
      [migrationId],
    );
    await world.admin.query(
      `mutation Approve($input: ApproveGroupInput!) { approveGroup(input: $input) { __typename } }`,
      { input: { groupId: rows[0]?.id, expectedPending: rows[0]?.waiting } },
    );
    const stale = await startUndo(world.admin, {
      ...input,
      undoId: other.id,
      fingerprint: other.fingerprint,
    });
    expect(stale).toMatchObject({ code: "STALE_PLAN" });
    expect(stale.message).toContain("approved");
  });

  it("of one person gives the run its state back and shows it at the person", async () => {
    const { world, migrationId } = await ranWorld();
    const state = await stateOf(world.admin, migrationId);
    const { rows } = await server.pool.query<{ id: string }>(
      "select id from migration_item where migration_id = $1 and effect = 'CREATE' limit 1",
      [migrationId],
    );
    const itemId = rows[0]?.id ?? "";
    const plan = await planned(world, migrationId, { itemIds: [itemId] });
    expect(plan).toMatchObject({ total: 1, restoreCount: 1, about: "one person" });
    await undone(world, migrationId, plan);
    const data = await world.admin.query<{
      migration: {
        state: string;
        undoneCount: number;
        viewerCanUndo: boolean;
        item: { undoneAt: string | null };
      };
    }>(
      `query Item($id: ID!, $item: ID!) { migration(id: $id) { state undoneCount viewerCanUndo item(id: $item) { undoneAt } } }`,
      { id: migrationId, item: itemId },
    );
    expect(data.migration).toMatchObject({ state, undoneCount: 1, viewerCanUndo: true });
    expect(data.migration.item.undoneAt).not.toBeNull();
    expect(await planUndo(world.admin, { migrationId, scope: { itemIds: [itemId] } })).toMatchObject({
      code: "ALREADY_DONE",
    });
  });

  it("is for those who may migrate; others are told who can grant it", async () => {
    const { world, migrationId } = await ranWorld();
    const email = `half${worlds}@undo.example`;
    await makePerson(server, email, [
      { role: "SITE_ADMIN", organizationId: world.organizationId, siteId: world.destination.id },
    ]);
    const half = await server.signIn(email);
    const refused = await planUndo(half, { migrationId, scope: { everything: true } });
    expect(refused).toMatchObject({ code: "NOT_PERMITTED" });
    expect(refused.message).toContain(world.source.name);
    const plan = await planned(world, migrationId, { everything: true });
    expect(
      await startUndo(half, {
        undoId: plan.id,
        fingerprint: plan.fingerprint,
        confirmSiteName: world.destination.name,
      }),
    ).toMatchObject({ code: "NOT_PERMITTED" });
    const seen = await half.query<{ migration: { viewerCanUndo: boolean } }>(
      `query See($id: ID!) { migration(id: $id) { viewerCanUndo } }`,
      { id: migrationId },
    );
    expect(seen.migration.viewerCanUndo).toBe(false);
  });

  it("answers a repeat with the same key with the same undo", async () => {
    const { world, migrationId } = await ranWorld();
    const input = { migrationId, scope: { everything: true }, idempotencyKey: randomUUID() };
    const answers = await Promise.all([1, 2, 3].map(() => planUndo(world.admin, input)));
    expect(new Set(answers.map((answer) => answer.undo?.id)).size).toBe(1);
    const { rows } = await server.pool.query<{ count: number }>(
      "select count(*)::int as count from migration_undo where migration_id = $1",
      [migrationId],
    );
    expect(rows[0]?.count).toBe(1);
  });

  it("is refused while nothing ran, and before a run has ended", async () => {
    worlds += 1;
    const world = await makeWorld(server, `Undo${worlds}`);
    await uploadSamples(world);
    const made = await world.admin.query<{ createMigration: { migration: { id: string } } }>(
      `mutation Create($input: CreateMigrationInput!) { createMigration(input: $input) { ... on MigrationResult { migration { id } } } }`,
      {
        input: {
          kind: "COPY_CUSTOMERS",
          sourceSiteId: world.source.id,
          destinationSiteId: world.destination.id,
          allCustomers: true,
        },
      },
    );
    const migrationId = made.createMigration.migration.id;
    const scope = { everything: true };
    expect(await planUndo(world.admin, { migrationId, scope })).toMatchObject({ code: "INVALID_STATE" });
    await world.admin.query(
      `mutation Stop($id: ID!) { cancelMigration(input: { migrationId: $id }) { __typename } }`,
      { id: migrationId },
    );
    expect(await planUndo(world.admin, { migrationId, scope })).toMatchObject({ code: "INVALID_STATE" });
  });
});
