import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addBrakePeople,
  brakesOf,
  countedItemsSql,
  releaseBrake,
  setBrakeLimits,
  type ToldBrake,
} from "../kit/brake-flow.ts";
import {
  approveMigration,
  createMigration,
  decide,
  planMigration,
  startMigration,
  stateOf,
  untilEnded,
} from "../kit/migration-flow.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makePerson, makeWorld, until, uploadAndApply, type World } from "../kit/world.ts";

let server: TestServer;
let worlds = 0;

async function freshWorld(): Promise<World> {
  worlds += 1;
  const world = await makeWorld(server, `Brake${worlds}`);
  await addBrakePeople(world, `b${worlds}.example`);
  return world;
}

async function untilPaused(world: World, id: string): Promise<void> {
  await until(async () => (await stateOf(world.admin, id)) === "PAUSED");
}

async function countedItems(id: string): Promise<Record<string, number>> {
  const { rows } = await server.pool.query<Record<string, number>>(countedItemsSql, [id]);
  return rows[0] ?? {};
}

function counted(brakes: Record<string, ToldBrake>): Record<string, number> {
  return Object.fromEntries(Object.values(brakes).map((brake) => [brake.brake, brake.counted]));
}

async function one<Row>(sql: string, parameters: unknown[]): Promise<Row | undefined> {
  const { rows } = await server.pool.query<Row & object>(sql, parameters);
  return rows[0];
}

beforeAll(async () => {
  server = await startTestServer({ REHOME_BATCH_SIZE: "10", REHOME_BATCHES_AT_ONCE: "3" });
});

afterAll(async () => {
  await server?.stop();
});

describe("without limits of its own", () => {
  it("an organization has the defaults, nothing trips, and the run does what the plan foretold", async () => {
    const world = await freshWorld();
    const id = await startMigration(world);
    expect(await untilEnded(world.admin, id)).toBe("COMPLETED_WITH_ATTENTION");
    const brakes = await brakesOf(world.admin, id);
    const foretold = { LOSSES: 20, MERGES: 40, NEW_SEATS: 40, FAILURES: 0, DUPLICATES: 20 };
    expect(Object.fromEntries(Object.values(brakes).map(({ brake, forecast }) => [brake, forecast]))).toEqual(
      foretold,
    );
    expect(counted(brakes)).toEqual(foretold);
    expect(await countedItems(id)).toEqual(foretold);
    expect(brakes.LOSSES).toMatchObject({ percent: 5, leastPeople: 500, most: 499, wouldTrip: false });
  });
});

describe("a limit that a run would pass", () => {
  it("is foretold by the plan, pauses the run before the batch, and keeps every number right", async () => {
    const world = await freshWorld();
    const limits = [
      { brake: "LOSSES", percent: 10, leastPeople: 5 },
      { brake: "DUPLICATES", percent: 4.5, leastPeople: 3 },
    ];
    expect(await setBrakeLimits(world.admin, world.organizationId, limits)).toEqual({
      __typename: "BrakeLimitsResult",
    });
    const id = await createMigration(world);
    const fingerprint = await planMigration(world.admin, id);
    const planned = await brakesOf(world.admin, id);
    expect(planned.LOSSES).toMatchObject({ most: 12, forecast: 20, wouldTrip: true, counted: 0 });
    // 4.5 per cent of 120 are 5.4 people.
    expect(planned.DUPLICATES).toMatchObject({ most: 5, forecast: 20, wouldTrip: true });
    expect(planned.MERGES).toMatchObject({ forecast: 40, wouldTrip: false });
    await approveMigration(world.admin, id, fingerprint, world.destination.name);
    // Sealed: what is set now is for later approvals.
    await setBrakeLimits(world.admin, world.organizationId, [
      { brake: "LOSSES", percent: 100, leastPeople: 5 },
    ]);
    await decide(world.admin, "startMigration", id);
    await untilPaused(world, id);

    const brakes = await brakesOf(world.admin, id);
    const applied = await one<{ applied: number; done: number }>(
      `select applied_ordinal as applied, (select count(*)::int from migration_item i
         where i.migration_id = m.id and i.outcome is not null) as done from migration m where id = $1`,
      [id],
    );
    expect(applied?.done).toBe(applied?.applied);
    expect(counted(brakes)).toEqual(await countedItems(id));
    const trip = brakes.DUPLICATES?.trip;
    expect(trip?.from).toBe((applied?.applied ?? 0) + 1);
    expect(trip?.counted).toBeGreaterThan(5);
    expect(brakes.DUPLICATES?.counted).toBeLessThanOrEqual(5);
    expect(trip?.examples.length).toBeGreaterThan(0);
    const there = await one<{ people: number }>(
      `select count(*)::int as people from site_account s join account a on a.id = s.account_id
       where s.site_id = $1 and a.email = any($2)`,
      [world.destination.id, trip?.examples],
    );
    expect(there?.people).toBe(0);
    const event = await one<{ type: string; summary: string; payload: { trips: { brake: string }[] } }>(
      "select type, summary, payload from migration_event where migration_id = $1 order by sequence desc limit 1",
      [id],
    );
    expect(event?.type).toBe("BRAKE_TRIPPED");
    expect(event?.summary).toContain("duplicates would reach");
    const audited = await one(
      "select 1 from audit_entry where subject_id = $1 and action = 'migration.brake_trip'",
      [id],
    );
    expect(audited).toBeDefined();
  });
});

describe("a run held by a brake", () => {
  it("is not resumed but released with a reason, trips at the next brake, and ends as foretold", async () => {
    const world = await freshWorld();
    await setBrakeLimits(world.admin, world.organizationId, [
      { brake: "MERGES", percent: 10, leastPeople: 5 },
      { brake: "LOSSES", percent: 1, leastPeople: 1 },
    ]);
    const id = await startMigration(world);
    await untilPaused(world, id);
    const merges = (await brakesOf(world.admin, id)).MERGES;
    expect(merges?.trip).toMatchObject({ most: 12 });

    const rights = await world.admin.query(
      "query Rights($id: ID!) { migration(id: $id) { viewerCanResume viewerCanReleaseBrake whyNotReleaseBrake } }",
      { id },
    );
    expect(rights).toEqual({
      migration: { viewerCanResume: false, viewerCanReleaseBrake: true, whyNotReleaseBrake: null },
    });
    const resumed = await decide(world.admin, "resumeMigration", id);
    expect(resumed).toMatchObject({ __typename: "Refused", code: "INVALID_STATE" });
    expect(resumed.message).toContain("merges");
    expect(resumed.message).toMatch(/released by: .*admin@brake/);

    expect(await releaseBrake(world.admin, id, "MERGES", "  ")).toMatchObject({ code: "INVALID_INPUT" });
    expect(await releaseBrake(world.admin, id, "LOSSES", "Because")).toMatchObject({ code: "ALREADY_DONE" });
    expect(await releaseBrake(world.admin, id, "MERGES", "These are our own customers")).toEqual({
      __typename: "MigrationResult",
    });
    await until(async () => (await brakesOf(world.admin, id)).LOSSES?.trippedAt !== null);
    expect(await releaseBrake(world.admin, id, "LOSSES", "They are upgraded tonight")).toEqual({
      __typename: "MigrationResult",
    });
    expect(await untilEnded(world.admin, id)).toBe("COMPLETED_WITH_ATTENTION");
    const brakes = await brakesOf(world.admin, id);
    expect(brakes.MERGES).toMatchObject({
      counted: 40,
      releaseReason: "These are our own customers",
      releasedBy: { email: expect.stringContaining("admin@brake") },
    });
    expect(counted(brakes)).toEqual(await countedItems(id));
    const audited = await one<{ released: number }>(
      "select count(*)::int as released from audit_entry where subject_id = $1 and action = 'migration.release_brake'",
      [id],
    );
    expect(audited?.released).toBe(2);
  });

  it("can be stopped for good, with whole batches done", async () => {
    const world = await freshWorld();
    await setBrakeLimits(world.admin, world.organizationId, [
      { brake: "MERGES", percent: 1, leastPeople: 1 },
    ]);
    const id = await startMigration(world);
    await untilPaused(world, id);
    expect(await decide(world.admin, "cancelMigration", id)).toMatchObject({ __typename: "MigrationResult" });
    expect(await releaseBrake(world.admin, id, "MERGES", "Too late")).toMatchObject({
      code: "INVALID_STATE",
    });
    expect(counted(await brakesOf(world.admin, id))).toEqual(await countedItems(id));
  });

  it("is released only by somebody else where a second approver is required", async () => {
    const world = await freshWorld();
    await setBrakeLimits(world.admin, world.organizationId, [
      { brake: "MERGES", percent: 1, leastPeople: 1 },
    ]);
    const id = await startMigration(world);
    await untilPaused(world, id);
    await server.pool.query("update organization set second_approver_required = true where id = $1", [
      world.organizationId,
    ]);
    const alone = await releaseBrake(world.admin, id, "MERGES", "I know them");
    expect(alone).toMatchObject({ code: "NOT_PERMITTED", whoCanGrant: [] });
    const email = `second${worlds}@b.example`;
    await makePerson(server, email, [{ role: "ORGANIZATION_ADMIN", organizationId: world.organizationId }]);
    const named = await releaseBrake(world.admin, id, "MERGES", "I know them");
    expect(named.whoCanGrant?.join()).toContain(email);
    const second = await server.signIn(email);
    expect(await releaseBrake(second, id, "MERGES", "I looked at them")).toEqual({
      __typename: "MigrationResult",
    });
  });
});

describe("failures", () => {
  it("trip when the database refuses people, before more than the limit are left out", async () => {
    const world = await freshWorld();
    await setBrakeLimits(world.admin, world.organizationId, [
      { brake: "FAILURES", percent: 5, leastPeople: 4 },
    ]);
    const id = await createMigration(world);
    const fingerprint = await planMigration(world.admin, id);
    await approveMigration(world.admin, id, fingerprint, world.destination.name);
    await server.pool.query(`create function refuse_some() returns trigger language plpgsql as $$ begin
      if new.email like 'p2_@%' or new.email like 'p3_@%' then raise exception 'not today'; end if; return new; end $$`);
    await server.pool.query(
      "create trigger refuse_some before insert on portal_customer for each row execute function refuse_some()",
    );
    try {
      await decide(world.admin, "startMigration", id);
      await untilPaused(world, id);
      const { FAILURES } = await brakesOf(world.admin, id);
      expect(FAILURES?.trip?.counted).toBeGreaterThan(6);
      expect(FAILURES?.counted).toBeLessThanOrEqual(6);
      expect(FAILURES?.trip?.examples[0]).toMatch(/^p[23]\d@/);
    } finally {
      await server.pool.query("drop function refuse_some() cascade");
    }
  });
});

describe("limits", () => {
  it("are set by organization admins, within bounds, and audited", async () => {
    const world = await freshWorld();
    const email = `site${worlds}@b.example`;
    await makePerson(server, email, [
      { role: "SITE_ADMIN", organizationId: world.organizationId, siteId: world.source.id },
    ]);
    const siteAdmin = await server.signIn(email);
    const limit = { brake: "LOSSES", percent: 1, leastPeople: 10 };
    expect(await setBrakeLimits(siteAdmin, world.organizationId, [limit])).toMatchObject({
      code: "NOT_PERMITTED",
      whoCanGrant: [expect.stringContaining("admin@brake")],
    });
    for (const wrong of [
      [],
      [limit, limit],
      [{ ...limit, percent: 101 }],
      [{ ...limit, percent: 1.234 }],
      [{ ...limit, leastPeople: 0 }],
    ]) {
      expect(await setBrakeLimits(world.admin, world.organizationId, wrong)).toMatchObject({
        code: "INVALID_INPUT",
      });
    }
    await setBrakeLimits(world.admin, world.organizationId, [{ ...limit, percent: 0.57 }]);
    const { organization } = await world.admin.query<{
      organization: { brakeLimits: { brake: string; percent: number; defaultPercent: number }[] };
    }>(
      `query Limits($id: ID!) { organization(id: $id) { brakeLimits { brake percent leastPeople defaultPercent } } }`,
      { id: world.organizationId },
    );
    expect(organization.brakeLimits).toHaveLength(5);
    expect(organization.brakeLimits[0]).toEqual({ ...limit, percent: 0.57, defaultPercent: 5 });
    const audited = await one<{ before: unknown }>(
      "select before from audit_entry where subject_id = $1 and action = 'organization.set_brake_limits'",
      [world.organizationId],
    );
    expect(audited?.before).toEqual([{ brake: "LOSSES", percent: 5, leastPeople: 500 }]);
  });

  it("that changed since the approver read them are read again before they are sealed", async () => {
    const world = await freshWorld();
    const id = await createMigration(world);
    const fingerprint = await planMigration(world.admin, id);
    const { migration } = await world.admin.query<{ migration: { plan: { shownDigest: string } } }>(
      "query Shown($id: ID!) { migration(id: $id) { plan { shownDigest } } }",
      { id },
    );
    await setBrakeLimits(world.admin, world.organizationId, [
      { brake: "NEW_SEATS", percent: 90, leastPeople: 5 },
    ]);
    const input = { migrationId: id, fingerprint, confirmSiteName: world.destination.name };
    const approve = (shownDigest: string): Promise<{ approveMigration: { code?: string } }> =>
      world.admin.query(
        `mutation Approve($input: ApproveMigrationInput!) {
           approveMigration(input: $input) { __typename ... on Refused { code } }
         }`,
        { input: { ...input, shownDigest } },
      );
    expect((await approve(migration.plan.shownDigest)).approveMigration.code).toBe("STALE_PLAN");
    const { migration: now } = await world.admin.query<{ migration: { plan: { shownDigest: string } } }>(
      "query Shown($id: ID!) { migration(id: $id) { plan { shownDigest } } }",
      { id },
    );
    expect((await approve(now.plan.shownDigest)).approveMigration.code).toBeUndefined();
    const rows = await one<{ shown: { brakes: { brake: string; percent: number }[] } }>(
      "select shown from migration_approval where migration_id = $1",
      [id],
    );
    expect(rows?.shown.brakes.find(({ brake }) => brake === "NEW_SEATS")).toMatchObject({ percent: 90 });
  });

  it("of a plan made again are those of the new approval", async () => {
    const world = await freshWorld();
    const id = await createMigration(world);
    await approveMigration(world.admin, id, await planMigration(world.admin, id), world.destination.name);
    await setBrakeLimits(world.admin, world.organizationId, [
      { brake: "NEW_SEATS", percent: 30, leastPeople: 7 },
    ]);
    expect((await brakesOf(world.admin, id)).NEW_SEATS?.leastPeople).toBe(1_000);
    await uploadAndApply(
      world.admin,
      world.source.id,
      "email,name,account type\r\nnew@b.example,New,portal-only\r\n",
      "CUSTOMERS",
    );
    const fingerprint = await planMigration(world.admin, id);
    await approveMigration(world.admin, id, fingerprint, world.destination.name);
    expect((await brakesOf(world.admin, id)).NEW_SEATS).toMatchObject({ leastPeople: 7, most: 36 });
  });
});
