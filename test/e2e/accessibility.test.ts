import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility, untilSettled } from "../kit/audit-accessibility.ts";
import { openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { prepareSubjects, type DemoSubjects } from "../kit/demo-run.ts";
import { startMigration, stateOf, untilEnded } from "../kit/migration-flow.ts";
import { listPages, type ListedPage } from "../kit/page-list.ts";
import { demoEmails, startProduct, type Product } from "../kit/product.ts";
import type { World } from "../kit/world.ts";

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let world: World;
let migrationId: string;
let subjects: DemoSubjects;

async function audit(path: string): Promise<string[]> {
  await page.goto(`${product.url}${path}`);
  await untilSettled(page);
  return auditAccessibility(page);
}

function show(findings: string[]): string {
  return `${findings.length} findings:\n${findings.join("\n")}`;
}

beforeAll(async () => {
  product = await startProduct({ REHOME_BATCH_PAUSE_MS: "250" });
  browser = await launchBrowser();
  world = await product.demoWorld();
  context = await openSignedIn(browser, product.url, world.admin);
  page = await context.newPage();
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe("axe, in light and dark", () => {
  it("finds nothing on the sign-in page", async () => {
    const stranger = await browser.newContext();
    const shown = await stranger.newPage();
    await shown.goto(`${product.url}/sign-in`);
    await untilSettled(shown);
    const findings = await auditAccessibility(shown);
    await stranger.close();
    expect(findings, show(findings)).toEqual([]);
  });

  it("finds nothing on the live page of a running migration", async () => {
    migrationId = await startMigration(world);
    const findings = await audit(`/migrations/${migrationId}`);
    expect(await stateOf(world.admin, migrationId)).toBe("RUNNING");
    expect(findings, show(findings)).toEqual([]);
  });

  it("finds nothing on any page after the run", async () => {
    await untilEnded(world.admin, migrationId);
    subjects = await prepareSubjects(world, migrationId);
    const findings: string[] = [];
    for (const { name, path } of listPages(world, migrationId, subjects)) {
      findings.push(...(await audit(path)).map((finding) => `${name}: ${finding}`));
    }
    expect(findings, show(findings)).toEqual([]);
  }, 400_000);
});
