import { afterAll, beforeAll, expect, it } from "vitest";
import { setPersonKindStatement } from "../../../packages/server/src/modules/directory/sql/set-person-kind.ts";
import { makeAccountOnSite, makePortalCustomer, makeSite } from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { openSchemaWorld, type SchemaWorld } from "../../kit/schema-caller.ts";

let world: SchemaWorld;
beforeAll(async () => {
  world = await openSchemaWorld();
});
afterAll(() => world.close());

it("sets and clears the kind of one identity on one site, once, and of nobody elsewhere", async () => {
  const { em } = world;
  const [own, foreign] = [await makeSite(em), await makeSite(em)];
  const account = await makeAccountOnSite(em, own.id, { email: "a@abc.com" });
  await makeAccountOnSite(em, foreign.id, { email: "a@abc.com" });
  const portal = await makePortalCustomer(em, own.id);
  const theirs = await makePortalCustomer(em, foreign.id);
  const kinds = async (): Promise<object[]> =>
    query(
      em,
      `select site_id, kind from site_account where kind is not null
       union all select site_id, kind from portal_customer where kind is not null`,
    );

  expect(await setPersonKindStatement.run(em, [own.id, account.id, "BOT"])).toEqual([{ id: account.id }]);
  expect(await setPersonKindStatement.run(em, [own.id, account.id, "BOT"])).toEqual([]);
  expect(await setPersonKindStatement.run(em, [own.id, theirs.id, "BOT"])).toEqual([]);
  expect(await kinds()).toEqual([{ site_id: own.id, kind: "BOT" }]);
  expect(await setPersonKindStatement.run(em, [own.id, portal.id, "PERSON"])).toEqual([{ id: portal.id }]);
  expect(await setPersonKindStatement.run(em, [own.id, account.id, null])).toEqual([{ id: account.id }]);
  expect(await setPersonKindStatement.run(em, [own.id, account.id, null])).toEqual([]);
  expect(await kinds()).toEqual([{ site_id: own.id, kind: "PERSON" }]);
});
