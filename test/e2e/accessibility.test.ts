import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility, untilSettled } from "../kit/audit-accessibility.ts";
import { openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { prepareSubjects } from "../kit/demo-run.ts";
import { startMigration, stateOf, untilEnded } from "../kit/migration-flow.ts";
import { pages, type PageScope } from "../kit/page-list.ts";
import { startProduct, type Product } from "../kit/product.ts";
import type { World } from "../kit/world.ts";

let product: Product;
let browser: Browser;
let page: Page;
let world: World;
let migrationId: string;

async function audit(path: string): Promise<void> {
  await page.goto(`${product.url}${path}`);
  await untilSettled(page);
  // A page that shows why it has nothing to show would have little to find.
  expect(await page.getByText(/could not be loaded|may not see|not found/i).count()).toBe(0);
  expectNone(await auditAccessibility(page));
}

function expectNone(findings: string[]): void {
  expect(findings, `${findings.length} findings:\n${findings.join("\n")}\n`).toEqual([]);
}

beforeAll(async () => {
  // So slow that a migration of the demo still runs when its page has been looked at twice.
  product = await startProduct({ REHOME_BATCH_PAUSE_MS: "200" });
  browser = await launchBrowser();
  world = await product.demoWorld();
  page = await (await openSignedIn(browser, world.admin)).newPage();
  migrationId = await startMigration(world);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe("axe, in light and dark, finds nothing", () => {
  it("on the live page of a running migration", async () => {
    await audit(`/migrations/${migrationId}`);
    expect(await stateOf(world.admin, migrationId)).toBe("RUNNING");
  });

  it("on the sign-in page", async () => {
    const stranger = await browser.newContext();
    const shown = await stranger.newPage();
    await shown.goto(`${product.url}/sign-in`);
    await shown.getByRole("heading", { name: "Demo sign-ins" }).waitFor();
    const findings = await auditAccessibility(shown);
    await shown.evaluate(
      `document.querySelector("h1").insertAdjacentHTML("afterend", '<img src="/favicon.svg"><p style="color: #888; background: #999">faint</p>')`,
    );
    const planted = (await auditAccessibility(shown)).join("\n");
    await stranger.close();
    expectNone(findings);
    // The measure itself: what is planted is found, in both schemes.
    for (const finding of [
      "light image-alt",
      "light color-contrast",
      "dark image-alt",
      "dark color-contrast",
    ]) {
      expect(planted).toContain(finding);
    }
  });

  describe("after the run", () => {
    let scope: PageScope;
    beforeAll(async () => {
      await untilEnded(world.admin, migrationId);
      scope = { world, migrationId, subjects: await prepareSubjects(world, migrationId) };
    });

    it.each(pages)("on $name", async ({ path }) => {
      await audit(path(scope));
    });
  });
});
