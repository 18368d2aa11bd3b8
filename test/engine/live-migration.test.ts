import { expect, test } from "vitest";
import { withoutEngine } from "../kit/database.ts";
import { query } from "../kit/query.ts";
import { makeCopyWorld, makeScope, useDatabase } from "../kinds/copy-customers/copy-world.ts";

const database = useDatabase(withoutEngine);

test("the database itself refuses a second live migration between two sites", async () => {
  const world = await makeCopyWorld(database.fork());
  const first = await makeScope(world);
  const second = await makeScope(world);
  const goLive = (id: string): Promise<unknown> =>
    query(world.em, "update migration set state = 'RUNNING' where id = $1", [id]);
  await goLive(first.migrationId);
  await expect(goLive(second.migrationId)).rejects.toMatchObject({ constraint: "migration_live_key" });
  await query(world.em, "update migration set state = 'CANCELLED' where id = $1", [first.migrationId]);
  await goLive(second.migrationId);
});
