import fc from "fast-check";
import { expect, test } from "vitest";
import { makeCopyWorld, useDatabase, type CopyWorld } from "../kinds/copy-customers/copy-world.ts";
import { digestOf } from "../kinds/copy-customers/inspect.ts";
import {
  listCustomer,
  makeAccountOnSite,
  makeCustomerRow,
  makePortalCustomer,
  makeRequest,
  type IdentityRef,
} from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import {
  approve,
  domainTables,
  makeApprover,
  migrationNow,
  proofOf,
  runCopy,
  undo,
  upgrade,
  withoutServices,
} from "./undo-world.ts";

const database = useDatabase(withoutServices);

const identity = fc.record({
  active: fc.boolean(),
  lists: fc.subarray(["OPEN", "SEC"] as const),
  reports: fc.subarray(["OPEN", "SEC"] as const),
  takesPart: fc.subarray(["OPEN", "SEC"] as const),
});
const side = fc.record({
  portal: fc.option(identity),
  account: fc.option(fc.record({ identity, role: fc.boolean() })),
});
const person = fc.record({
  source: side,
  destination: side,
  approved: fc.boolean(),
  upgraded: fc.boolean(),
  undoneFirst: fc.boolean(),
});
const model = fc.record({
  people: fc.array(person, { minLength: 1, maxLength: 7 }),
  badRow: fc.boolean(),
  batchSize: fc.integer({ min: 1, max: 9 }),
  undoBatchSize: fc.integer({ min: 1, max: 9 }),
});
type Identity = typeof identity extends fc.Arbitrary<infer Value> ? Value : never;
type Side = typeof side extends fc.Arbitrary<infer Value> ? Value : never;

async function give(
  world: CopyWorld,
  projects: Partial<Record<string, { id: string; siteId?: string }>>,
  given: Identity,
  ref: IdentityRef,
): Promise<void> {
  for (const key of given.lists) {
    await listCustomer(world.em, (projects[key] as { id: string }).id, ref);
  }
  for (const key of given.reports) {
    await makeRequest(world.em, projects[key] as never, { reporter: ref });
  }
  for (const key of given.takesPart) {
    await makeRequest(world.em, projects[key] as never, { participants: [ref] });
  }
}

async function settle(
  world: CopyWorld,
  site: "source" | "destination",
  email: string,
  given: Side,
): Promise<void> {
  const { em } = world;
  const projects = site === "source" ? world.sourceProjects : world.destinationProjects;
  if (given.portal !== null) {
    const { id } = await makePortalCustomer(em, world[site].id, { email, active: given.portal.active });
    await give(world, projects, given.portal, { portalCustomerId: id });
  }
  if (given.account !== null) {
    const { identity: own, role } = given.account;
    const { id } = await makeAccountOnSite(em, world[site].id, {
      email,
      active: own.active,
      customerRole: role,
    });
    await give(world, projects, own, { accountId: id });
  }
}

test("over any two sites: run, approve, upgrade and undo leave every domain table as it was", async () => {
  await fc.assert(
    fc.asyncProperty(model, async ({ people, badRow, batchSize, undoBatchSize }) => {
      const world = await makeCopyWorld(database.fork());
      const { em } = world;
      await makeApprover(em);
      for (const [index, given] of people.entries()) {
        await settle(world, "source", world.mail(`p${index}`), given.source);
        await settle(world, "destination", world.mail(`p${index}`), given.destination);
      }
      if (badRow) {
        await makeCustomerRow(em, world.upload, { state: "BAD", email: null });
      }
      const { scope, before } = await runCopy(world, batchSize);
      const chosen = (flag: "approved" | "upgraded" | "undoneFirst"): string[] =>
        people.flatMap((given, index) => (given[flag] ? [world.mail(`p${index}`)] : []));
      const accounts = await query<{ id: string }>(em, "select id from account where email = any($1)", [
        chosen("approved"),
      ]);
      const items = async (emails: string[]) =>
        (
          await query<{ id: string }>(
            em,
            "select id from migration_item where migration_id = $1 and email = any($2) order by ordinal",
            [scope.migrationId, emails],
          )
        ).map((row) => row.id);
      await approve(
        em,
        scope,
        accounts.map((row) => row.id),
      );
      await upgrade(em, scope, await items(chosen("upgraded")));
      expect(await proofOf(em, scope.migrationId)).toMatchObject({ unexplained: 0 });

      const first = await items(chosen("undoneFirst"));
      if (first.length > 0) {
        expect(await undo(em, scope, { itemIds: first }, undoBatchSize)).toMatchObject({
          refusedCount: 0,
          totalCount: first.length,
        });
      }
      expect(await undo(em, scope, { everything: true }, undoBatchSize)).toMatchObject({ refusedCount: 0 });
      expect(await digestOf(em, domainTables)).toEqual(before);
      expect(await migrationNow(em, scope.migrationId)).toMatchObject({
        state: "UNDONE",
        open: 0,
        setAside: 0,
      });
      expect(await proofOf(em, scope.migrationId)).toEqual({ gained: 0, lost: 0, unexplained: 0 });
    }),
    { numRuns: 25 },
  );
}, 240_000);
