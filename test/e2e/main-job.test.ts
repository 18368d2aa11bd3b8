import { readFile } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ApiClient } from "../kit/api-client.ts";
import {
  applyUpload,
  approvePlan,
  downloadThroughLink,
  makeSite,
  openFromNavigation,
  planThroughGuide,
  previewCount,
  signInThroughForm,
  uploadSample,
} from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { demoEmails, startProduct, type Product } from "../kit/product.ts";
import { reach } from "../kit/reach.ts";
import { readReport, type Report } from "../kit/report.ts";
import { watchBrowser } from "../kit/watch-browser.ts";
import { readSample } from "../kit/world.ts";

const sites = [
  { name: "Tour Source", urlName: "tour-source", side: "source" },
  { name: "Tour Help", urlName: "tour-help", side: "destination" },
];
const everyone = countRows("source-customers.csv");

let product: Product;
let browser: Browser;
let page: Page;
/** Open on another page all the time: what changes there, changed without a reload. */
let onlooker: Page;
let noted: string[];
let jsmith: ApiClient;
let dmurphy: ApiClient;
let openAttention: number;

function countRows(sample: string): number {
  return parse(readSample(sample), { relax_column_count: true }).length - 1;
}

/** The number beside "My work" in the navigation; 0 when there is none. */
async function attentionIn(shown: Page): Promise<number> {
  const link = shown.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "My work" });
  const text = await link.innerText();
  return Number(/([\d,]+)\s*need attention/.exec(text)?.[1]?.replaceAll(",", "") ?? 0);
}

async function markPage(shown: Page): Promise<void> {
  await shown.evaluate(`document.body.dataset.before = "yes"`);
}

async function isUnreloaded(shown: Page): Promise<boolean> {
  return shown.evaluate(`document.body.dataset.before === "yes"`);
}

beforeAll(async () => {
  product = await startProduct({ REHOME_BATCH_SIZE: "2", REHOME_BATCH_PAUSE_MS: "150" });
  browser = await launchBrowser();
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(20_000);
  noted = watchBrowser(context, product.url);
  page = await context.newPage();
  onlooker = await context.newPage();
  [jsmith, dmurphy] = await Promise.all([
    product.signIn(demoEmails.jsmith),
    product.signIn(demoEmails.dmurphy),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe("copying customers in the browser", () => {
  it("signs in as the organization admin", async () => {
    await signInThroughForm(page, product.url, "Nadia Okafor");
    expect(new URL(page.url()).pathname).toBe("/");
  });

  it.each(sites)("makes the site $name and uploads its three files", async ({ name, urlName, side }) => {
    await makeSite(page, name, urlName);
    const files = [`projects-${side}.csv`, `${side}-customers.csv`, `requests-${side}.csv`];
    for (const file of files) {
      await uploadSample(page, name, file);
      expect(await previewCount(page, "Rows").innerText()).toBe(String(countRows(file)));
      if (file.includes("customers")) {
        expect(Number(await previewCount(page, "New people").innerText())).toBeGreaterThan(30);
      }
      await applyUpload(page, name);
    }
  });

  it("plans, and shows every person's outcome before anything changes", async () => {
    await planThroughGuide(page, "Tour Source", "Tour Help");
    const summary = page.getByRole("region", { name: `What the plan does with ${everyone} people` });
    const tile = async (label: string): Promise<number> =>
      Number(/\d+/.exec(await summary.getByRole("link", { name: label }).innerText())?.[0]);
    const effects = ["Will be created", "Will be linked", "Unchanged", "Not copied"];
    const counts = await Promise.all(effects.map(tile));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(everyone);
    openAttention = await tile("Require attention");
    const people = page.getByRole("table", { name: "Every person’s outcome" });
    const rowOf = (email: string) => people.getByRole("row").filter({ hasText: email });
    expect(await rowOf(demoEmails.jsmith).innerText()).toMatch(/Review group/);
    expect(await rowOf(demoEmails.dmurphy).innerText()).toMatch(/Upgrade/);
    expect((await reach(jsmith, "tour-help")).projects).toEqual([]);
  });

  it("runs once approved, and progress moves by itself until it is complete", async () => {
    await approvePlan(page, "Tour Help");
    await page.getByRole("button", { name: "Start" }).click();
    const bar = page.getByRole("progressbar", { name: /^Progress of/ });
    await bar.waitFor();
    await markPage(page);
    const complete = page.getByText(/^Migration complete! .* still need attention$/);
    const seen = new Set<string>();
    while (!(await complete.isVisible())) {
      seen.add((await bar.getAttribute("aria-valuenow")) ?? "");
      await page.waitForTimeout(50);
    }
    expect(seen.size, `progress was ${[...seen].join(", ")}`).toBeGreaterThan(3);
    expect(await bar.getAttribute("aria-valuenow")).toBe(String(everyone));
    expect(await isUnreloaded(page)).toBe(true);
  });

  it("gives the report, with both people in RequiresAttention.csv", async () => {
    const report: Report = await readReport(await readFile(await downloadThroughLink(page)));
    const rows = report["RequiresAttention.csv"] ?? [];
    expect(rows).toHaveLength(openAttention);
    expect(rows.find((row) => row.Email === demoEmails.jsmith)).toMatchObject({
      "Next step": expect.stringMatching(/^Review group to assign Customer role: .*MR-1/),
    });
    expect(rows.find((row) => row.Email === demoEmails.dmurphy)).toMatchObject({
      Problem: "Found duplicate accounts on destination",
      "Next step": "Upgrade portal-only account to Atlassian account",
    });
    const rowsIn = (file: string): number => report[file]?.length ?? 0;
    expect(rowsIn("Successful.csv") + rows.length + rowsIn("Failed.csv")).toBe(everyone);
  });
});

describe("giving the access back in the browser", () => {
  it("finds both people without access, and the queue counted on every page", async () => {
    expect((await reach(jsmith, "tour-help")).projects).toEqual([]);
    expect((await reach(dmurphy, "tour-help")).requests).toEqual([]);
    await onlooker.goto(product.url);
    await expect.poll(() => attentionIn(onlooker), { timeout: 15_000 }).toBe(openAttention);
    await markPage(onlooker);
  });

  it("approves the imported group from the banner, and jsmith reaches the project", async () => {
    await page
      .getByRole("region", { name: "Imported groups" })
      .getByRole("link", { name: "Review now" })
      .click();
    await page.getByRole("link", { name: /^Review .* pending$/ }).click();
    const approve = page.getByRole("button", { name: /^Approve all/ });
    const members = Number(/\d+/.exec(await approve.first().innerText())?.[0]);
    await approve.first().click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Approve all/ })
      .click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    expect((await reach(jsmith, "tour-help")).projects).toContain("SHIP");
    openAttention -= members;
    await expect.poll(() => attentionIn(onlooker), { timeout: 15_000 }).toBe(openAttention);
    await page.getByRole("region", { name: "Imported groups" }).waitFor({ state: "hidden" });
  });

  it("upgrades dmurphy in the queue, and the earlier requests are reachable again", async () => {
    await openFromNavigation(page, "Migrations");
    await page.getByRole("row").filter({ hasText: "Tour Help" }).getByRole("link").first().click();
    await page.getByRole("link", { name: "Open the queue" }).first().click();
    await page.getByLabel("Search the queue").fill("dmurphy");
    await page.getByRole("link", { name: demoEmails.dmurphy }).click();
    await page.getByRole("button", { name: "Upgrade & next" }).click();
    openAttention -= 1;
    await expect.poll(() => attentionIn(onlooker), { timeout: 15_000 }).toBe(openAttention);
    const { requests } = await reach(dmurphy, "tour-help");
    expect(requests).toEqual(expect.arrayContaining(["CLAIM-1", "SHIP-2"]));
  });

  it("upgrades all other duplicates at once", async () => {
    await page.getByLabel("Search the queue").fill("");
    const problems = page.getByLabel("Problem");
    const labels = await problems.locator("option").allInnerTexts();
    await problems.selectOption({ label: labels.find((label) => /duplicate/i.test(label)) ?? "" });
    await page.getByRole("button", { name: /^Upgrade all/ }).click();
    const confirm = page.getByRole("dialog").getByRole("button", { name: /^Upgrade \d+/ });
    const duplicates = Number(/\d+/.exec(await confirm.innerText())?.[0]);
    await confirm.click();
    await page.getByRole("dialog").waitFor({ state: "hidden" });
    openAttention -= duplicates;
    await expect.poll(() => attentionIn(page), { timeout: 15_000 }).toBe(openAttention);
    await expect.poll(() => attentionIn(onlooker), { timeout: 15_000 }).toBe(openAttention);
    expect(await isUnreloaded(onlooker)).toBe(true);
  });

  it("has written nothing to the console and asked no other origin for anything", () => {
    expect(noted).toEqual([]);
  });
});
