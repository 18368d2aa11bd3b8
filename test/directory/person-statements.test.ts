import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  makeAccountOnSite,
  makeOrganization,
  makeProject,
  makeSite,
  type MadeSite,
} from "../kit/factories.ts";
import { insertRow } from "../kit/query.ts";
import { openSchemaWorld, type Caller, type SchemaWorld } from "../kit/schema-caller.ts";

const fields = `id email name type createdAt managedBy
  presences {
    type active customerRole groups resolvesSignIn requestCount site { id }
    projects { key reachable why } requests { key projectKey reachable relation createdAt }
  }
  roles { role account { id } site { id } product { id } }
  history { action summary actor { id } before after }`;

let world: SchemaWorld;
let organizationId: string;
let site: MadeSite;
let admin: Caller;

beforeAll(async () => {
  world = await openSchemaWorld();
  organizationId = (await makeOrganization(world.em, { name: "Acme" })).id;
  site = await makeSite(world.em, { organizationId, name: "A help" });
  admin = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId }]);
});
afterAll(() => world.close());

describe("profiles", () => {
  it("asks the database as often for a person on five sites as on one", async () => {
    const document = `query Many($a: ID!, $b: ID!) { a: account(id: $a) { ${fields} } b: account(id: $b) { ${fields} } }`;
    const people: string[] = [];
    for (let index = 0; index < 2; index += 1) {
      people.push((await makeAccountOnSite(world.em, site.id)).id);
    }
    const [a, b] = people;
    const few = await world.countStatements(() => admin.data(document, { a, b }));
    for (let index = 0; index < 4; index += 1) {
      const place = await makeSite(world.em, { organizationId });
      await makeProject(world.em, place.id);
      for (const id of people) {
        await insertRow(world.em, "site_account", { site_id: place.id, account_id: id }, "account_id");
      }
    }
    const many = await world.countStatements(() => admin.data(document, { a, b }));
    expect(many).toBe(few);
    // Profiles, presences, roles, history, projects, requests, sites.
    expect(few).toBe(7);
  });
});
