import { expect, test } from "vitest";
import { advance } from "../../../packages/server/src/modules/migration/engine/advance.ts";
import { findKind } from "../../../packages/server/src/modules/migration/registry.ts";
import { createLogger } from "../../../packages/server/src/platform/logging.ts";
import { settleAttention } from "../../../packages/server/src/modules/migration/engine/settle-attention.ts";
import { makeAccount } from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { until } from "../../kit/world.ts";
import { approveMembers } from "./approve-group.ts";
import { copy, makeCopyWorld, useDatabase, type CopyWorld } from "./copy-world.ts";
import { addProofPeople } from "./people.ts";
import { allChanges } from "./proof-entries.ts";

const database = useDatabase({ all: "runs are driven without a start" });

/** Drives the migration as the engine does, until nothing is due or after this many steps. */
async function proveRun(migrationId: string, steps = Number.POSITIVE_INFINITY): Promise<void> {
  let looks = 0;
  await advance(
    { migrationId, number: "0" },
    {
      fork: () => database.fork(),
      kinds: findKind,
      batchSize: 100,
      batchPause: 0,
      lanes: 1,
      logger: createLogger("error"),
      isOver: () => looks++ >= steps,
    },
  );
}

interface Stored {
  state: string;
  proof: { unexplained: number; unexplainedExamples: string[] } | null;
  due: boolean;
  events: string[];
}

async function stored({ em }: CopyWorld, migrationId: string): Promise<Stored | undefined> {
  const [row] = await query<Stored>(
    em,
    `select state, proof, access_version > proven_version as due,
       array(select type from migration_event where migration_id = $1 order by sequence) as events
     from migration where id = $1`,
    [migrationId],
  );
  return row;
}

/** A run whose last batch is done. */
async function verifying(): Promise<{ world: CopyWorld; migrationId: string }> {
  const world = await makeCopyWorld(database.fork());
  await addProofPeople(world);
  const { scope } = await copy(world);
  await query(
    world.em,
    "update migration set state = 'VERIFYING', access_version = 1, open_attention_count = 3, attention_count = 3 where id = $1",
    [scope.migrationId],
  );
  return { world, migrationId: scope.migrationId };
}

test("a run is complete with its proof and not before, and is proven once", async () => {
  const { world, migrationId } = await verifying();
  await proveRun(migrationId);
  expect(await stored(world, migrationId)).toMatchObject({
    state: "COMPLETED_WITH_ATTENTION",
    proof: { gained: 3, lost: 2, unexplained: 0 },
    due: false,
    events: ["COMPLETED"],
  });
  await proveRun(migrationId);
  expect((await stored(world, migrationId))?.events).toEqual(["COMPLETED"]);
});

test("an approval during a computation neither waits for it nor is missed", async () => {
  const { world, migrationId } = await verifying();
  const approver = await makeAccount(world.em);
  // Holds the computation up in its midst, when it has read everybody's access and writes.
  const holding = database.fork();
  await holding.begin();
  await query(holding, "lock table access_difference in exclusive mode");
  const proving = proveRun(migrationId, 1);
  await until(async () => {
    const waiting = await query(
      world.em,
      "select 1 from pg_stat_activity where query like '%accessProof.writeDifferences%' and wait_event_type = 'Lock'",
    );
    return waiting.length === 1;
  });
  await database.fork().transactional(async (tx) => {
    await query(tx, "set local lock_timeout = '5s'");
    await approveMembers(tx, migrationId, approver.id);
    await settleAttention(
      tx,
      migrationId,
      { resolved: 1, nowSuccessful: 1 },
      { type: "GROUP_APPROVED", summary: "1 approved", payload: {} },
    );
  });
  await holding.commit();
  await proving;
  expect(await stored(world, migrationId)).toMatchObject({ state: "VERIFYING", proof: null, due: true });
  expect(
    await query(world.em, "select 1 from access_difference where migration_id = $1", [migrationId]),
  ).toEqual([]);

  await proveRun(migrationId);
  expect(await stored(world, migrationId)).toMatchObject({
    state: "COMPLETED_WITH_ATTENTION",
    proof: { gained: 5, lost: 2, unexplained: 0 },
    due: false,
  });
  const approved = (await allChanges(world, migrationId)).filter(
    (one) => one.email === world.mail("waiting"),
  );
  expect(approved.map((one) => one.explainedBy)).toEqual([
    expect.stringMatching(/^Customer role approved through group .* by Name of /),
    expect.stringMatching(/^Customer role approved through group .* by Name of /),
  ]);
});

test("a proof that fails is an event and an audit entry that name whom to look at; one that holds again is told", async () => {
  const { world, migrationId } = await verifying();
  const { em, destination } = world;
  const setActive = (active: boolean) =>
    query(em, "update portal_customer set active = $3 where site_id = $1 and email = $2", [
      destination.id,
      world.mail("created"),
      active,
    ]);
  await setActive(false);
  await proveRun(migrationId);
  const failed = await stored(world, migrationId);
  expect(failed).toMatchObject({
    state: "COMPLETED_WITH_ATTENTION",
    proof: { unexplained: 2, unexplainedPeople: 1, unexplainedExamples: [world.mail("created")] },
    events: ["COMPLETED", "PROOF_FAILED"],
  });
  const summary = `Access proof failed: 2 changes of 1 person cannot be explained. Look at ${world.mail("created")}`;
  const told = await query<{ summary: string }>(
    em,
    `select summary from migration_event where migration_id = $1 and type = 'PROOF_FAILED'
     union all select summary from audit_entry where subject_id = $1 and action = 'migration.proof-fail'`,
    [migrationId],
  );
  expect(told.map((row) => row.summary)).toEqual([summary, expect.stringContaining(summary)]);

  await setActive(true);
  await query(em, "update migration set access_version = access_version + 1 where id = $1", [migrationId]);
  await proveRun(migrationId);
  expect(await stored(world, migrationId)).toMatchObject({
    proof: { unexplained: 0, unexplainedExamples: [] },
    events: ["COMPLETED", "PROOF_FAILED", "PROOF_PASSED"],
  });
  const computations = await query(
    em,
    "select distinct computation from access_difference where migration_id = $1",
    [migrationId],
  );
  expect(computations).toHaveLength(1);
});
