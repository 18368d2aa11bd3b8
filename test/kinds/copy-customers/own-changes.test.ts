import { expect, test } from "vitest";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import { makePortalCustomer } from "../../kit/factories.ts";
import { withoutEngine } from "../../kit/database.ts";
import { query } from "../../kit/query.ts";
import { applyOne, makeCopyWorld, makeScope, plan, prepare, useDatabase } from "./copy-world.ts";
import { loadItems } from "./inspect.ts";
import { addEveryEffect } from "./people.ts";

const database = useDatabase(withoutEngine);

/** A planned and prepared run of everybody, with its plan's digest kept as the engine keeps it. */
async function makeRun() {
  const world = await makeCopyWorld(database.fork());
  await addEveryEffect(world);
  const scope = await makeScope(world);
  const planned = await copyCustomers.inputDigest(world.em, scope);
  const { totalItems } = await plan(world.em, scope);
  await query(world.em, "update migration set plan_input_digest = $2 where id = $1", [
    scope.migrationId,
    planned,
  ]);
  await prepare(world.em, scope);
  return { world, scope, planned, totalItems };
}

test("a run's own changes do not make its plan stale, anybody else's do", async () => {
  const { world, scope, planned, totalItems } = await makeRun();
  await applyOne(world.em, scope, 0, totalItems);
  expect(await copyCustomers.inputDigest(world.em, scope)).toBe(planned);
  const other = await makeScope(world);
  expect(await copyCustomers.inputDigest(world.em, other)).not.toBe(planned);
  await makePortalCustomer(world.em, world.destination.id, { email: world.mail("late") });
  expect(await copyCustomers.inputDigest(world.em, scope)).not.toBe(planned);
});

test("somebody changed between two batches is set aside although nothing had changed before", async () => {
  const { world, scope, totalItems } = await makeRun();
  const middle = Math.floor(totalItems / 2);
  await applyOne(world.em, scope, 0, middle);
  const later = (await loadItems(world.em, scope.migrationId)).find(
    (item) => item.ordinal > middle && item.effect === "CREATE",
  );
  if (later?.email == null) {
    throw new Error("Nobody is created in the second batch");
  }
  await makePortalCustomer(world.em, world.destination.id, { email: later.email });
  await applyOne(world.em, scope, middle, totalItems);
  const after = await loadItems(world.em, scope.migrationId);
  const setAside = after.filter(({ problem }) => problem?.startsWith("Could not be copied"));
  expect(setAside.map(({ email }) => email)).toEqual([later.email]);
});
