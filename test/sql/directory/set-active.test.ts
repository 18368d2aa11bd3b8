import { afterAll, beforeAll, expect, it } from "vitest";
import { setActiveStatement } from "../../../packages/server/src/modules/directory/sql/set-active.ts";
import { makeAccountOnSite, makePortalCustomer, makeSite } from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { openSchemaWorld, type SchemaWorld } from "../../kit/schema-caller.ts";

let world: SchemaWorld;
beforeAll(async () => {
  world = await openSchemaWorld();
});
afterAll(() => world.close());

it("changes one identity on one site, once, and nobody on another organization's", async () => {
  const { em } = world;
  const [own, foreign] = [await makeSite(em), await makeSite(em)];
  const account = await makeAccountOnSite(em, own.id, { email: "a@abc.com" });
  await makeAccountOnSite(em, foreign.id, { email: "a@abc.com" });
  const portal = await makePortalCustomer(em, own.id, { email: "a@abc.com" });
  const theirs = await makePortalCustomer(em, foreign.id);
  const inactive = async (): Promise<unknown[]> =>
    (
      await query<{ id: string }>(
        em,
        `select site_id || account_id::text as id from site_account where not active
         union all select id::text from portal_customer where not active`,
      )
    ).map((row) => row.id);

  expect(await setActiveStatement.run(em, [own.id, account.id, false])).toEqual([{ id: account.id }]);
  expect(await inactive()).toEqual([`${own.id}${account.id}`]);
  expect(await setActiveStatement.run(em, [own.id, account.id, false])).toEqual([]);
  expect(await setActiveStatement.run(em, [own.id, portal.id, false])).toEqual([{ id: portal.id }]);
  expect(await setActiveStatement.run(em, [own.id, theirs.id, false])).toEqual([]);
  expect(await setActiveStatement.run(em, [own.id, own.id, false])).toEqual([]);
  expect(await inactive()).toEqual([`${own.id}${account.id}`, portal.id]);
  expect(await setActiveStatement.run(em, [own.id, account.id, true])).toEqual([{ id: account.id }]);
  expect(await inactive()).toEqual([portal.id]);
});
