import { expect, it } from "vitest";
import { Engine } from "../../packages/server/src/modules/migration/engine/engine.ts";
import { findKind } from "../../packages/server/src/modules/migration/index.ts";
import { createLogger } from "../../packages/server/src/platform/logging.ts";
import { query } from "../kit/query.ts";
import { makeCopyWorld, makeScope, plan, useDatabase } from "../kinds/copy-customers/copy-world.ts";
import { addEveryEffect } from "../kinds/copy-customers/people.ts";

const database = useDatabase();

it("an engine stopped right after its start waits for its look before the queue closes", async () => {
  const world = await makeCopyWorld(database.fork());
  await addEveryEffect(world);
  const scope = await makeScope(world);
  await plan(world.em, scope);
  await query(world.em, "update migration set state = 'CHECKING' where id = $1", [scope.migrationId]);
  const told: string[] = [];
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  let arrived = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const engine = new Engine({
    fork: () => database.fork(),
    kinds: findKind,
    bus: { watch: () => () => undefined, close: async () => undefined },
    jobs: {
      work: async () => undefined,
      async send() {
        arrived();
        await gate;
        told.push("sent");
      },
      async stop() {
        told.push("closed");
      },
    },
    presence: 1,
    logger: createLogger("silent"),
    batchSize: 10,
    batchPause: 0,
    migrationsAtOnce: 1,
    lanes: 1,
  });
  await engine.start();
  await asked;
  const stopped = engine.stop().then(() => told.push("stopped"));
  open();
  await stopped;
  expect(told).toEqual(["sent", "closed", "stopped"]);
});
