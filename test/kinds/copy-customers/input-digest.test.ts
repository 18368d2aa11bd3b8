import { describe, expect, test } from "vitest";
import { copyCustomers } from "../../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import {
  claimDomain,
  listCustomer,
  makeAccountOnSite,
  makeGroup,
  makeImportFile,
  makeOrganization,
  makePortalCustomer,
  makeProject,
  makeRequest,
} from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { type CopyWorld, makeCopyWorld, makeScope, plan, useDatabase } from "./copy-world.ts";
import { addFewPeople } from "./people.ts";

const database = useDatabase();

describe("the input digest", () => {
  type Change = (world: CopyWorld, accountId: string) => Promise<unknown>;
  const changes: [string, Change][] = [
    ["a customer is added at the source", ({ em, source }) => makePortalCustomer(em, source.id)],
    ["an account appears on the destination", ({ em, destination }) => makeAccountOnSite(em, destination.id)],
    [
      "a presence is deactivated",
      ({ em, destination }, accountId) =>
        query(em, "update site_account set active = false where site_id = $1 and account_id = $2", [
          destination.id,
          accountId,
        ]),
    ],
    [
      "the Customer role is given",
      ({ em, destination }, accountId) =>
        query(em, "update site_account set customer_role = true where site_id = $1 and account_id = $2", [
          destination.id,
          accountId,
        ]),
    ],
    [
      "a portal-only account is removed",
      ({ em, source }) => query(em, "delete from portal_customer where site_id = $1", [source.id]),
    ],
    [
      "a group gets a member",
      ({ em, destination }, accountId) => makeGroup(em, destination.id, { memberIds: [accountId] }),
    ],
    ["a project is added at the destination", ({ em, destination }) => makeProject(em, destination.id)],
    [
      "a customer is listed in a source project",
      ({ em, sourceProjects }, accountId) => listCustomer(em, sourceProjects.OLD.id, { accountId }),
    ],
    [
      "a request is raised at the source",
      ({ em, sourceProjects }, accountId) => makeRequest(em, sourceProjects.SEC, { reporter: { accountId } }),
    ],
    ["an upload of rejected rows alone is applied", ({ em, source }) => makeImportFile(em, source)],
    [
      "a word is added",
      ({ em, organizationId }) =>
        query(em, "update organization set bot_words = array['noreply', 'robot'] where id = $1", [
          organizationId,
        ]),
    ],
    [
      "another organization claims a domain",
      async ({ em }) => claimDomain(em, (await makeOrganization(em)).id, "claimed.example"),
    ],
  ];

  test.each(changes)("changes when %s", async (_name, change) => {
    const world = await makeCopyWorld(database.fork());
    const accountId = await addFewPeople(world);
    const scope = await makeScope(world);
    const before = await copyCustomers.inputDigest(world.em, scope);
    expect(await copyCustomers.inputDigest(world.em, scope)).toBe(before);
    await change(world, accountId);
    expect(await copyCustomers.inputDigest(world.em, scope)).not.toBe(before);
  });

  test("stays when nothing, another site or a rolled-back change is all there was", async () => {
    const world = await makeCopyWorld(database.fork());
    await addFewPeople(world);
    const { em, source } = world;
    const scope = await makeScope(world);
    const before = await copyCustomers.inputDigest(em, scope);
    const elsewhere = await makeCopyWorld(database.fork());
    await addFewPeople(elsewhere);
    await query(em, "update site_account set active = false where site_id = $1 and false", [source.id]);
    const abandoned = em.transactional(async (tx) => {
      await makePortalCustomer(tx, source.id);
      throw new Error("abandoned");
    });
    await expect(abandoned).rejects.toThrow("abandoned");
    await plan(em, scope);
    expect(await copyCustomers.inputDigest(em, scope)).toBe(before);
  });
});
