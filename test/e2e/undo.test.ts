import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility, untilSettled } from "../kit/audit-accessibility.ts";
import { openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { startMigration, stateOf, untilEnded } from "../kit/migration-flow.ts";
import { startProduct, type Product } from "../kit/product.ts";
import { watchBrowser } from "../kit/watch-browser.ts";
import type { World } from "../kit/world.ts";

let product: Product;
let browser: Browser;
let world: World;
let page: Page;
let migrationId: string;
let noted: string[];

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  world = await product.demoWorld();
  const context = await openSignedIn(browser, world.admin);
  noted = watchBrowser(context, product.url);
  page = await context.newPage();
  migrationId = await startMigration(world);
  await untilEnded(world.admin, migrationId, 120);
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

interface Items {
  migration: {
    items: { edges: { node: { id: string; email: string; destinationPortalCustomer: { id: string } } }[] };
  };
}

/** People the run made a portal-only account for. */
async function created(): Promise<Items["migration"]["items"]["edges"][number]["node"][]> {
  const { migration } = await world.admin.query<Items>(
    `query Created($id: ID!) { migration(id: $id) { items(first: 2, filter: { effect: CREATE }) {
       edges { node { id email destinationPortalCustomer { id } } } } } }`,
    { id: migrationId },
  );
  return migration.items.edges.map((edge) => edge.node);
}

async function portalCustomers(): Promise<number> {
  const data = await world.admin.query<{ site: { counts: { portalCustomers: number } } }>(
    `query Site($id: ID!) { site(id: $id) { counts { portalCustomers } } }`,
    { id: world.destination.id },
  );
  return data.site.counts.portalCustomers;
}

async function confirmUndo(): Promise<void> {
  const start = page.getByRole("button", { name: "Start undo" });
  await start.waitFor();
  expect(await start.isDisabled()).toBe(true);
  await page.getByLabel(/Type the destination/).fill(world.destination.name);
  await start.click();
}

describe("undoing in the browser", () => {
  it("takes back one person, from the list of people", async () => {
    const before = await portalCustomers();
    const [person] = await created();
    await page.goto(`${product.url}/migrations/${migrationId}?tab=accounts&search=${person?.email}`);
    await page.getByRole("link", { name: `Undo ${person?.email}` }).click();
    await page.getByRole("heading", { level: 1, name: "Undo" }).waitFor();
    expect(await page.getByRole("radio", { name: new RegExp(person?.email ?? "") }).isChecked()).toBe(true);
    await page.getByRole("button", { name: "Plan undo" }).click();
    await confirmUndo();
    await page.getByText("The undo is done").waitFor();
    expect(await portalCustomers()).toBe(before - 1);
    await page.goto(`${product.url}/migrations/${migrationId}?tab=accounts&search=${person?.email}`);
    await page
      .getByRole("row", { name: new RegExp(person?.email ?? "") })
      .getByText("Undone")
      .waitFor();
  });

  it("plans the whole run, shows who is set aside, is watched to the end", async () => {
    const [, person] = await created();
    await world.admin.query(
      `mutation Deactivate($input: SetActiveInput!) { setActive(input: $input) { __typename } }`,
      {
        input: {
          profileId: person?.destinationPortalCustomer.id,
          siteId: world.destination.id,
          active: false,
        },
      },
    );
    await page.goto(`${product.url}/migrations/${migrationId}`);
    await page.getByRole("link", { name: "Undo…", exact: true }).first().click();
    await page.getByRole("button", { name: "Undo others…" }).click();
    await page.getByRole("radio", { name: /The whole run/ }).check();
    await page.getByRole("button", { name: "Plan undo" }).click();
    await page.getByText("Sessions stay ended").waitFor();
    const aside = page.getByRole("row", { name: new RegExp(person?.email ?? "") });
    await aside.getByText("portal access was revoked since").waitFor();
    await untilSettled(page);
    expect(await auditAccessibility(page)).toEqual([]);
    await confirmUndo();
    await page.getByRole("progressbar", { name: /^Undo of/ }).waitFor();
    await page.getByText(/is undone$/).waitFor({ timeout: 60_000 });
    await untilSettled(page);
    expect(await auditAccessibility(page)).toEqual([]);
    expect(await stateOf(world.admin, migrationId)).toBe("UNDONE");
    await page.goto(`${product.url}/migrations/${migrationId}`);
    await page.getByText("The run was undone").waitFor();
    expect(await page.getByRole("link", { name: "Undo…", exact: true }).count()).toBe(0);
  });

  it("wrote nothing to the console and asked nobody else", () => {
    expect(noted).toEqual([]);
  });
});
