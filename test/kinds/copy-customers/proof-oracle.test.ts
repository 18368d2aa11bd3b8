import fc from "fast-check";
import { expect, test } from "vitest";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import { makeAccount, makeProject, makeRequest } from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { approveMembers } from "./approve-group.ts";
import {
  applyAll,
  makeCopyWorld,
  makeScope,
  plan,
  prepare,
  useDatabase,
  type CopyWorld,
} from "./copy-world.ts";
import { reachOf } from "./inspect.ts";
import { allChanges, prove } from "./proof-entries.ts";
import { arrange, person } from "./random-people.ts";
import { reachOn, readSite, referenceProof } from "./reference-proof.ts";

const database = useDatabase({ all: "faults are planted" });

// $1 destination site, $2 email, $3 RESTRICTED project, $4 a request that stood before, $5 migration.
const account = "(select id from account where email = $2)";
const portal = "(select id from portal_customer where site_id = $1 and email = $2)";
const accountHere = `(select account_id from site_account where site_id = $1 and account_id = ${account})`;
const faults = {
  role: `update site_account set customer_role = not customer_role where site_id = $1 and account_id = ${account}`,
  accountActive: `update site_account set active = not active where site_id = $1 and account_id = ${account}`,
  portalActive: "update portal_customer set active = not active where site_id = $1 and email = $2",
  unlisted: `delete from project_customer where project_id = $3 and (account_id = ${account} or portal_customer_id = ${portal})`,
  listedAccount: `insert into project_customer (project_id, account_id) select $3, ${accountHere} where ${accountHere} is not null on conflict do nothing`,
  listedPortal: `insert into project_customer (project_id, portal_customer_id) select $3, ${portal} where ${portal} is not null on conflict do nothing`,
  joinsAsAccount: `insert into request_participant (request_id, account_id) select $4, ${accountHere} where ${accountHere} is not null on conflict do nothing`,
  joinsAsPortal: `insert into request_participant (request_id, portal_customer_id) select $4, ${portal} where ${portal} is not null on conflict do nothing`,
  leaves: `delete from request_participant where account_id = ${account} or portal_customer_id = ${portal}`,
  reports: `update request set reporter_account_id = ${accountHere}, reporter_portal_customer_id = null where id = $4`,
  presence: `insert into site_account (site_id, account_id) select $1, ${account} where ${account} is not null on conflict do nothing`,
  nobody: `update request set reporter_portal_customer_id = null where reporter_portal_customer_id = ${portal}`,
  projectAccess:
    "update service_project set access = case access when 'OPEN' then 'RESTRICTED' else 'OPEN' end where id = $3",
  groupGrants:
    "update user_group set grants_customer_role = not grants_customer_role where migration_id = $5",
  memberApproved: `update user_group_member set approved = not approved where account_id = ${account}`,
  joinsGroup: `insert into user_group_member (group_id, account_id, approved)
    select g.id, ${accountHere}, true from user_group g where g.migration_id = $5 and ${accountHere} is not null on conflict do nothing`,
  undone: "update migration_item set undone_at = now() where migration_id = $5 and email = $2",
} as const;
type Fault = keyof typeof faults;

const model = fc.record({
  people: fc.array(person, { minLength: 2, maxLength: 8, size: "max" }),
  applied: fc.double({ min: 0.5, max: 1, noNaN: true }),
  approve: fc.boolean(),
  upgrade: fc.boolean(),
  planted: fc.array(
    fc.record({
      fault: fc.constantFrom(...(Object.keys(faults) as Fault[])),
      whom: fc.nat({ max: 8 }),
      project: fc.constantFrom("OPEN" as const, "SEC" as const),
    }),
    { minLength: 2, maxLength: 12, size: "max" },
  ),
});

/** Runs a fault. The database must know the type of every parameter, of those too that it does not use. */
const plant = (world: CopyWorld, sql: string, parameters: unknown[]) =>
  query(
    world.em,
    `with given as (select $1::uuid, $2::text, $3::uuid, $4::uuid, $5::uuid) ${sql}`,
    parameters,
  );

async function compare(world: CopyWorld, migrationId: string, before: Awaited<ReturnType<typeof readSite>>) {
  const now = await readSite(world.em, world.destination.id);
  const reference = await referenceProof(world.em, migrationId, before, now);
  await prove(world, migrationId);
  const found = (await allChanges(world, migrationId)).map(
    ({ email, resource, change, explainedBy }) =>
      `${explainedBy === null ? "!" : ""}${email} ${resource} ${change}`,
  );
  expect(found.sort()).toEqual(reference);
  return now;
}

test("over random sites, decisions and faults the stored proof says what a plain one says", async () => {
  let differences = 0;
  await fc.assert(
    fc.asyncProperty(model, async ({ people, applied, approve, upgrade, planted }) => {
      const world = await makeCopyWorld(database.fork());
      const { em, destination, destinationProjects } = world;
      const old = await makeRequest(em, destinationProjects.SEC);
      const emails: string[] = [];
      for (const [index, given] of people.entries()) {
        emails.push((await arrange(world, index, given)).email);
      }
      const outsider = await makeAccount(em, { email: world.mail("outsider") });
      await query(em, "insert into site_account (site_id, account_id) values ($1, $2)", [
        destination.id,
        outsider.id,
      ]);
      emails.push(outsider.email);
      const scope = await makeScope(world);
      const { totalItems } = await plan(em, scope);
      const before = await readSite(em, destination.id);
      for (const email of emails) {
        expect([...reachOn(before, email)].sort()).toEqual(await reachOf(em, destination.id, email));
      }
      await prepare(em, scope);
      await applyAll(em, scope, Math.max(1, Math.ceil(totalItems * applied)), applied < 0.7 ? 1 : undefined);
      await compare(world, scope.migrationId, before);

      const actor = await makeAccount(em);
      if (approve) {
        await approveMembers(em, scope.migrationId, actor.id);
      }
      if (upgrade) {
        const open = await query<{ id: string }>(
          em,
          "select id from migration_item where migration_id = $1 and next_step like 'UPGRADE%'",
          [scope.migrationId],
        );
        const ids = open.map(({ id }) => id);
        await em.transactional((tx) => copyCustomers.upgrade?.(tx, scope, ids, actor.id) ?? Promise.reject());
      }
      await compare(world, scope.migrationId, before);

      for (const { fault, whom, project } of planted) {
        await plant(world, faults[fault], [
          destination.id,
          emails[whom % emails.length],
          destinationProjects[project].id,
          old.id,
          scope.migrationId,
        ]);
      }
      const later = await makeProject(em, destination.id, { key: "LATER", access: "OPEN" });
      await makeRequest(em, later);
      await compare(world, scope.migrationId, before);
      differences += (await allChanges(world, scope.migrationId)).filter(
        (one) => one.explainedBy === null,
      ).length;
    }),
    { numRuns: 40 },
  );
  // Worlds without a fault would prove little.
  expect(differences).toBeGreaterThan(15);
}, 240_000);
