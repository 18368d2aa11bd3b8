import fc from "fast-check";
import { expect, test } from "vitest";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import { makeAccount, makeCustomerRow } from "../../kit/factories.ts";
import { approveMembers } from "./approve-group.ts";
import { applyAll, makeCopyWorld, makeScope, plan, prepare, useDatabase } from "./copy-world.ts";
import { prove } from "./proof-entries.ts";
import { arrange, person } from "./random-people.ts";
import { loadItems, reachOf, standingOf } from "./inspect.ts";

const database = useDatabase({
  I2: "members are approved without a decision",
  I16: "members are approved without a decision",
});

const model = fc.record({
  people: fc.array(person, { minLength: 1, maxLength: 8 }),
  badRows: fc.nat({ max: 2 }),
  batchSize: fc.integer({ min: 1, max: 12 }),
});
test("over any two sites: every row has one outcome, and access is kept, or reported and given back", async () => {
  await fc.assert(
    fc.asyncProperty(model, async ({ people, badRows, batchSize }) => {
      const world = await makeCopyWorld(database.fork());
      const { em, destination } = world;
      const arranged = [];
      for (const [index, given] of people.entries()) {
        arranged.push(await arrange(world, index, given));
      }
      for (let row = 0; row < badRows; row++) {
        await makeCustomerRow(em, world.upload, { state: "BAD", email: null });
      }
      const before = new Map<string, string[]>();
      for (const { email } of arranged) {
        before.set(email, await reachOf(em, destination.id, email));
      }
      const scope = await makeScope(world);
      const summary = await plan(em, scope);
      await prepare(em, scope);
      const result = await applyAll(em, scope, batchSize);

      const input = arranged.reduce((sum, { rows }) => sum + rows, badRows);
      expect(summary.totalItems).toBe(input);
      expect(result.successful + result.requiresAttention + result.failed).toBe(input);
      expect(result).toEqual({
        successful: summary.successful,
        requiresAttention: summary.requiresAttention,
        failed: summary.failed,
      });
      const items = await loadItems(em, scope.migrationId);
      expect(items.map((item) => item.ordinal)).toEqual(items.map((_item, index) => index + 1));

      for (const { email } of arranged) {
        const own = items.filter((item) => item.email === email);
        const after = await reachOf(em, destination.id, email);
        const lost = (before.get(email) ?? []).filter((resource) => !after.includes(resource));
        const reported = own.some((item) => item.problem === "Found duplicate accounts on destination");
        expect(lost.length === 0 || reported).toBe(true);
        const copied = own.find((item) => item.effect === "CREATE" || item.effect === "LINK");
        const gained = after.filter((resource) => !before.get(email)?.includes(resource));
        expect(gained.length === 0 || copied?.outcome === "SUCCESSFUL").toBe(true);
        const standing = await standingOf(em, destination.id, email);
        for (const item of own.filter((one) => one === copied || copied === undefined)) {
          expect(item.type_after).toBe(standing.type);
        }
      }
      expect((await prove(world, scope.migrationId)).unexplained).toBe(0);

      // Once everything is approved and upgraded nothing is lost any more.
      const open = items.filter((item) => item.nextStep?.startsWith("Upgrade"));
      const actor = await makeAccount(em);
      await approveMembers(em, scope.migrationId, actor.id);
      const ids = open.map((item) => item.id);
      await em.transactional(
        (tx) => copyCustomers.upgrade?.(tx, scope, ids, actor.id) ?? Promise.reject(new Error("none")),
      );
      expect(await prove(world, scope.migrationId)).toMatchObject({ lost: 0, unexplained: 0 });
    }),
    { numRuns: 50 },
  );
}, 240_000);
