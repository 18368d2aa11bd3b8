import { afterAll, beforeAll, expect, it } from "vitest";
import { createSiteStatement } from "../../../packages/server/src/modules/directory/sql/create-site.ts";
import { makeOrganization } from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { openSchemaWorld, type SchemaWorld } from "../../kit/schema-caller.ts";

let world: SchemaWorld;
beforeAll(async () => {
  world = await openSchemaWorld();
});
afterAll(() => world.close());

it("makes a site once; a second run and another organization get none of that URL name", async () => {
  const { em } = world;
  const [own, other] = [await makeOrganization(em), await makeOrganization(em)];
  const [made] = await createSiteStatement.run(em, [own.id, "Help", "help"]);
  const rows = (): Promise<object[]> =>
    query(em, "select id, organization_id, name from site where url_name = 'help'");
  const before = await rows();
  expect(before).toEqual([{ id: made?.id, organization_id: own.id, name: "Help" }]);
  expect(await createSiteStatement.run(em, [own.id, "Help", "help"])).toEqual([]);
  expect(await createSiteStatement.run(em, [other.id, "Other", "help"])).toEqual([]);
  expect(await rows()).toEqual(before);
});
