import { expect, it } from "vitest";
import { entities } from "../../packages/server/src/entities.ts";
import { migrateSchema } from "../../packages/server/src/platform/database/migrate.ts";
import { openOrm } from "../../packages/server/src/platform/database/orm.ts";
import { query } from "../kit/query.ts";
import { makeCopyWorld, useDatabase } from "../kinds/copy-customers/copy-world.ts";
import { addEveryEffect } from "../kinds/copy-customers/people.ts";
import { approve, runCopy, withoutServices } from "./undo-world.ts";

const database = useDatabase(withoutServices);

it("an update knows the runs whose whole journal is there from those an older version moved", async () => {
  const em = database.fork();
  const runs: Record<string, string> = {};
  for (const name of ["journaled", "none", "decidedSince", "laterBatchesOnly", "nothingApplied"]) {
    const world = await makeCopyWorld(em);
    await addEveryEffect(world);
    const { scope } = await runCopy(world);
    await approve(em, scope);
    runs[name] = scope.migrationId;
  }
  const { none, decidedSince, laterBatchesOnly, nothingApplied } = runs;
  await query(em, "delete from migration_journal where migration_id = $1", [none]);
  await query(em, "delete from migration_journal where migration_id = $1 and step = 'APPLIED'", [
    decidedSince,
  ]);
  const left = await query(em, "select 1 from migration_journal where migration_id = $1", [decidedSince]);
  expect(left.length).toBeGreaterThan(0);
  await query(
    em,
    `delete from migration_journal j using migration_item i where j.migration_id = $1 and i.migration_id = j.migration_id
       and i.ordinal = j.ordinal and j.ordinal = (
         select min(c.ordinal) from migration_item c where c.migration_id = $1 and c.effect = 'CREATE' and c.outcome = 'SUCCESSFUL')`,
    [laterBatchesOnly],
  );
  await query(em, "delete from migration_journal where migration_id = $1", [nothingApplied]);
  const [applied] = await query<{ ordinal: number }>(
    em,
    "select applied_ordinal as ordinal from migration where id = $1",
    [nothingApplied],
  );
  await query(em, "update migration set applied_ordinal = 0 where id = $1", [nothingApplied]);

  // As an older version left it.
  await query(em, "alter table migration drop column journaled");
  await query(em, "delete from schema_migration where name = '0012-journaled-runs'");
  const orm = await openOrm(database.url(), entities, 2);
  await migrateSchema(orm, database.url());
  await orm.close();

  const rows = await query<{ id: string; journaled: boolean }>(em, "select id, journaled from migration");
  const known = new Map(rows.map(({ id, journaled }) => [id, journaled]));
  expect(Object.fromEntries(Object.entries(runs).map(([name, id]) => [name, known.get(id)]))).toEqual({
    journaled: true,
    none: false,
    decidedSince: false,
    laterBatchesOnly: false,
    nothingApplied: true,
  });
  await query(em, "update migration set applied_ordinal = $2 where id = $1", [
    nothingApplied,
    applied?.ordinal,
  ]);
});
