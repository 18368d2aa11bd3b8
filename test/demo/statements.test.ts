import { afterAll, beforeAll, expect, test } from "vitest";
import { findDemoSitesStatement } from "../../packages/server/src/modules/demo/sql/find-demo-sites.ts";
import { findDemoStatement } from "../../packages/server/src/modules/demo/sql/find-demo.ts";
import { findObstaclesStatement } from "../../packages/server/src/modules/demo/sql/find-obstacles.ts";
import { insertAccountsStatement } from "../../packages/server/src/modules/demo/sql/insert-accounts.ts";
import { insertGrantsStatement } from "../../packages/server/src/modules/demo/sql/insert-grants.ts";
import { insertOrganizationsStatement } from "../../packages/server/src/modules/demo/sql/insert-organizations.ts";
import type { EntityManager } from "../../packages/server/src/platform/database/orm.ts";
import { openWorld, type World } from "./demo-world.ts";

let world: World;
let em: EntityManager;
let mineId: string;
let theirsId: string;

const product = { kind: "Statuspage", hosting: "CLOUD", name: "Status" };
const wanted = [
  {
    name: "Mine",
    domains: ["mine.example"],
    sites: [{ name: "One", urlName: "one", products: [product] }],
    serverProducts: [{ kind: "Jira", hosting: "SERVER", name: "Old" }],
  },
  { name: "Theirs", domains: [], sites: [{ name: "Two", urlName: "two", products: [] }], serverProducts: [] },
];

beforeAll(async () => {
  world = await openWorld();
  em = world.deps.fork();
  const made = await insertOrganizationsStatement.run(em, [JSON.stringify(wanted), ["team"], ["bot"]]);
  mineId = made.find((row) => row.name === "Mine")?.id ?? "";
  theirsId = made.find((row) => row.name === "Theirs")?.id ?? "";
});
afterAll(() => world.close());

test("insertOrganizations puts sites, products and domains into their organization", async () => {
  const rows = await world.rows(
    `select o.name, o.distribution_list_words as lists, o.bot_words as bots,
       array(select url_name from site s where s.organization_id = o.id) as sites,
       array(select p.name from product p where p.organization_id = o.id order by p.name) as products,
       array(select domain from claimed_domain c where c.organization_id = o.id) as domains
     from organization o order by o.name`,
  );
  const words = { lists: ["team"], bots: ["bot"] };
  expect(rows).toEqual([
    { name: "Mine", ...words, sites: ["one"], products: ["Old", "Status"], domains: ["mine.example"] },
    { name: "Theirs", ...words, sites: ["two"], products: [], domains: [] },
  ]);
  const sited = await world.rows("select name from product where site_id is not null");
  expect(sited).toEqual([{ name: "Status" }]);
});

test("insertOrganizations makes nothing of nothing", async () => {
  expect(await insertOrganizationsStatement.run(em, ["[]", [], []])).toEqual([]);
});

test("insertAccounts returns an existing account as it is", async () => {
  const [first] = await insertAccountsStatement.run(em, [["ann@mine.example"], ["Ann"]]);
  const again = await insertAccountsStatement.run(em, [
    ["ann@mine.example", "bob@mine.example"],
    ["Somebody else", "Bob"],
  ]);
  expect(again.find((row) => row.email === "ann@mine.example")?.id).toBe(first?.id);
  const names = await world.rows("select name from account order by name");
  expect(names).toEqual([{ name: "Ann" }, { name: "Bob" }]);
});

test("insertGrants gives each role once and only inside its organization", async () => {
  await insertAccountsStatement.run(em, [["ann@mine.example"], ["Ann"]]);
  const grant = { email: "ann@mine.example", organizationId: mineId, urlName: null, product: null };
  const grants = [
    { ...grant, role: "ORGANIZATION_ADMIN" },
    { ...grant, role: "SITE_ADMIN", urlName: "one" },
    { ...grant, role: "PRODUCT_OWNER", product: "Status" },
    { ...grant, role: "MEMBER", email: "nobody@mine.example" },
  ];
  await insertGrantsStatement.run(em, [JSON.stringify(grants)]);
  await insertGrantsStatement.run(em, [JSON.stringify(grants)]);
  const roles = await world.rows("select role from role_assignment order by role");
  expect(roles).toEqual([{ role: "ORGANIZATION_ADMIN" }, { role: "PRODUCT_OWNER" }, { role: "SITE_ADMIN" }]);
  const foreign = [{ ...grant, role: "SITE_ADMIN", organizationId: theirsId, urlName: "one" }];
  await expect(insertGrantsStatement.run(em, [JSON.stringify(foreign)])).rejects.toThrow(
    /role_assignment_scope/,
  );
});

test("findObstacles names taken sites and domains alone", async () => {
  const found = await findObstaclesStatement.run(em, [
    ["one", "free"],
    ["mine.example", "free.example"],
  ]);
  expect(found.map((row) => row.obstacle)).toEqual(["domain mine.example", "site one"]);
});

test("findDemoSites leaves out a site whose admin does not exist", async () => {
  await insertAccountsStatement.run(em, [["ann@mine.example"], ["Ann"]]);
  const rows = await findDemoSitesStatement.run(em, [
    ["one", "two", "three"],
    ["ann@mine.example", "nobody@mine.example", "ann@mine.example"],
  ]);
  expect(rows.map((row) => row.url_name)).toEqual(["one"]);
});

test("findDemo finds nothing where no demo was begun", async () => {
  expect(await findDemoStatement.run(em, [["one-customers.csv"]])).toEqual([]);
});
