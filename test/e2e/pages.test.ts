import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility, untilSettled } from "../kit/audit-accessibility.ts";
import { openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { prepareSubjects } from "../kit/demo-run.ts";
import { startMigration, stateOf, untilEnded } from "../kit/migration-flow.ts";
import { pages, type PageScope } from "../kit/page-list.ts";
import { plantServices } from "../kit/product-user-factories.ts";
import { demoEmails, startProduct, type Product } from "../kit/product.ts";
import { watchBrowser } from "../kit/watch-browser.ts";
import type { World } from "../kit/world.ts";

const kilobyte = 1024;
const phone = { width: 390, height: 844 };
const desktop = { width: 1440, height: 900 };
/** Kilobytes a page may load beyond those of the first one. */
const usualExtra = 80;
/** The bundled editor of the API explorer is one large lazy file, and known to be. */
const extras: Record<string, number> = { api: 1_800 };

let product: Product;
let browser: Browser;
let context: BrowserContext;
let noted: string[];
let world: World;
let migrationId: string;
const sizes = new Map<string, Promise<number>>();

/** Opens a page afresh and waits until it rests; `assets` are the scripts and styles it asked for. */
async function open(path: string, viewport = desktop): Promise<{ page: Page; assets: Set<string> }> {
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  const assets = new Set<string>();
  page.on("request", (request) => {
    if (/\.(js|css)$/.test(new URL(request.url()).pathname)) {
      assets.add(request.url());
    }
  });
  await page.goto(`${product.url}${path}`);
  await untilSettled(page);
  return { page, assets };
}

/** Kilobytes of these files after gzip, those ending so. */
async function weigh(assets: Iterable<string>, ending: string): Promise<number> {
  const chosen = [...assets].filter((address) => address.endsWith(ending));
  const weights = await Promise.all(chosen.map(sizeOf));
  return weights.reduce((sum, weight) => sum + weight, 0) / kilobyte;
}

async function sizeOf(address: string): Promise<number> {
  const known = sizes.get(address);
  if (known !== undefined) {
    return known;
  }
  const measured = fetch(address).then(async (response) => {
    expect(response.status, address).toBe(200);
    return gzipSync(Buffer.from(await response.arrayBuffer())).length;
  });
  sizes.set(address, measured);
  return measured;
}

/** How far a page is wider than its window, and the elements that stick out. */
async function measureOverflow(page: Page): Promise<{ pixels: number; elements: string[] }> {
  return page.evaluate(`(() => {
    const width = document.documentElement.clientWidth;
    const pixels = document.documentElement.scrollWidth - width;
    const sticksOut = (element) => element.getBoundingClientRect().right > width + 1;
    const elements = pixels <= 0 ? [] : [...document.querySelectorAll("main *")].filter(sticksOut)
      .slice(0, 8).map((element) => element.outerHTML.slice(0, 120));
    return { pixels, elements };
  })()`);
}

/** Nothing that axe finds, in light and in dark, on a page that shows what it is there to show. */
async function expectAccessible(page: Page): Promise<void> {
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
  context = await openSignedIn(browser, world.admin, { reducedMotion: "reduce" });
  noted = watchBrowser(context, product.url);
  migrationId = await startMigration(world);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

it("has no accessibility finding on the live page of a running migration", async () => {
  const { page } = await open(`/migrations/${migrationId}`);
  await expectAccessible(page);
  expect(await stateOf(world.admin, migrationId)).toBe("RUNNING");
  await page.close();
});

it("has no accessibility finding on the sign-in page, and would find what is planted there", async () => {
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

it("answers pages with a policy that allows no inline script", async () => {
  const { headers } = await fetch(`${product.url}/`);
  const policy = headers.get("content-security-policy") ?? "";
  expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self'");
  expect(policy).toContain("default-src 'none'");
});

describe("after the run", () => {
  let scope: PageScope;
  let firstRoute: Set<string>;

  beforeAll(async () => {
    await untilEnded(world.admin, migrationId, 180);
    scope = { world, migrationId, subjects: await prepareSubjects(world, migrationId) };
    await plantServices(product.connectionString(), {
      organizationId: world.organizationId,
      email: demoEmails.organizationAdmin,
    });
    const first = await open("/");
    await first.page.close();
    firstRoute = first.assets;
  });

  it("the first page loads at most 260 KB of scripts and 20 KB of styles", async () => {
    const scripts = await weigh(firstRoute, ".js");
    const styles = await weigh(firstRoute, ".css");
    expect(scripts).toBeGreaterThan(50);
    expect(scripts).toBeLessThanOrEqual(260);
    expect(styles).toBeGreaterThan(1);
    expect(styles).toBeLessThanOrEqual(20);
  });

  // One load for everything that is asked of a page: bytes, width and accessibility do not depend on one another.
  describe.each(pages)("$name", ({ name, path }) => {
    let page: Page;
    let assets: Set<string>;

    beforeAll(async () => {
      ({ page, assets } = await open(path(scope), phone));
    });

    afterAll(async () => {
      await page?.close();
    });

    it("fits into 390 pixels", async () => {
      expect(await measureOverflow(page)).toEqual({ pixels: 0, elements: [] });
    });

    it("loads little more than the first page", async () => {
      const more = [...assets].filter((address) => !firstRoute.has(address));
      const weight = (await weigh(more, ".js")) + (await weigh(more, ".css"));
      expect(weight, more.join("\n")).toBeLessThanOrEqual(extras[name] ?? usualExtra);
    });

    it("has no accessibility finding", async () => {
      await page.setViewportSize(desktop);
      await untilSettled(page);
      await expectAccessible(page);
    });
  });

  it("nothing was written to the console and no other origin asked for anything", () => {
    expect(noted).toEqual([]);
  });
});
