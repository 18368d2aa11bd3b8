import fc from "fast-check";
import { expect, test } from "vitest";
import { summarizeAccess } from "../../../packages/server/src/modules/access-proof/index.ts";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import {
  listCustomer,
  makeAccount,
  makeAccountOnSite,
  makeCustomerRow,
  makePortalCustomer,
  makeRequest,
  type IdentityRef,
} from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import {
  applyAll,
  makeCopyWorld,
  makeScope,
  plan,
  prepare,
  useDatabase,
  type CopyWorld,
} from "./copy-world.ts";
import { loadItems, reachOf, standingOf } from "./inspect.ts";

const database = useDatabase({
  I2: "members are approved without a decision",
  I16: "members are approved without a decision",
});

const presence = fc.record({ active: fc.boolean(), listed: fc.boolean(), requests: fc.boolean() });
const side = fc.record({
  portal: fc.option(presence),
  account: fc.option(fc.record({ active: fc.boolean(), listed: fc.boolean(), role: fc.boolean() })),
});
const person = fc.record({
  local: fc.constantFrom("person", "team", "noreply"),
  kind: fc.constantFrom(undefined, undefined, "PERSON" as const, "BOT" as const),
  source: side,
  destination: side,
  duplicateRow: fc.boolean(),
});
const model = fc.record({
  people: fc.array(person, { minLength: 1, maxLength: 8 }),
  badRows: fc.nat({ max: 2 }),
  batchSize: fc.integer({ min: 1, max: 12 }),
});
type Person = typeof person extends fc.Arbitrary<infer Value> ? Value : never;

/** Puts the person into both sites; gives the address and the rows the plan must have for them. */
async function arrange(
  world: CopyWorld,
  index: number,
  given: Person,
): Promise<{ email: string; rows: number }> {
  const { em, source, destination, upload } = world;
  const email = world
    .mail(given.local === "person" ? `person${index}` : `${given.local}`)
    .replace("@", `@n${index}.`);
  let rows = 0;
  for (const [site, projects, there] of [
    [source, world.sourceProjects, given.source],
    [destination, world.destinationProjects, given.destination],
  ] as const) {
    const kind = site === source ? given.kind : undefined;
    const identities: { listed: boolean; requests: boolean; identity: IdentityRef }[] = [];
    if (there.portal !== null) {
      const { id } = await makePortalCustomer(em, site.id, { email, active: there.portal.active, kind });
      identities.push({ ...there.portal, identity: { portalCustomerId: id } });
    }
    if (there.account !== null) {
      const { active, role, listed } = there.account;
      const { id } = await makeAccountOnSite(em, site.id, { email, active, customerRole: role, kind });
      identities.push({ listed, requests: listed, identity: { accountId: id } });
    }
    for (const { identity, listed, requests } of identities) {
      if (listed) {
        await listCustomer(em, projects.SEC.id, identity);
      }
      if (requests) {
        await makeRequest(em, projects.OPEN, { reporter: identity });
        await makeRequest(em, projects.SEC, { participants: [identity] });
      }
    }
    rows += site === source ? identities.length : 0;
  }
  if (given.duplicateRow && rows > 0) {
    await makeCustomerRow(em, upload, { email, state: "DUPLICATE", accountType: "PORTAL_ONLY" });
    rows += 1;
  }
  return { email, rows };
}

async function approveEverybody(world: CopyWorld, migrationId: string): Promise<void> {
  await query(world.em, "update user_group set grants_customer_role = true where migration_id = $1", [
    migrationId,
  ]);
  await query(
    world.em,
    "update user_group_member set approved = true where group_id in (select id from user_group where migration_id = $1)",
    [migrationId],
  );
}

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
      expect((await summarizeAccess(em, scope.migrationId)).unexplained).toBe(0);

      // Once everything is approved and upgraded nothing is lost any more.
      const open = items.filter((item) => item.nextStep?.startsWith("Upgrade"));
      const actor = await makeAccount(em);
      await approveEverybody(world, scope.migrationId);
      const ids = open.map((item) => item.id);
      await em.transactional(
        (tx) => copyCustomers.upgrade?.(tx, scope, ids, actor.id) ?? Promise.reject(new Error("none")),
      );
      expect(await summarizeAccess(em, scope.migrationId)).toMatchObject({ lost: 0, unexplained: 0 });
    }),
    { numRuns: 50 },
  );
}, 240_000);
