import { gzipSync } from "node:zlib";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { untilSettled } from "../kit/audit-accessibility.ts";
import { openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { prepareSubjects } from "../kit/demo-run.ts";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { pages, type PageScope } from "../kit/page-list.ts";
import { startProduct, type Product } from "../kit/product.ts";
import { watchBrowser } from "../kit/watch-browser.ts";

const kilobyte = 1024;
const phone = { width: 390, height: 844 };
/** The bundled editor of the API explorer is one large lazy file, and known to be. */
const lazyPages = pages.filter(({ name }) => name !== "api" && name !== "my-work");

let product: Product;
let browser: Browser;
let scope: PageScope;
let context: BrowserContext;
let noted: string[];
let firstRoute: Set<string>;
const sizes = new Map<string, Promise<number>>();

/** Addresses of the scripts and styles a fresh load of a page asks for before it rests. */
async function assetsOf(path: string): Promise<Set<string>> {
  const page = await context.newPage();
  const assets = new Set<string>();
  page.on("request", (request) => {
    if (/\.(js|css)$/.test(new URL(request.url()).pathname)) {
      assets.add(request.url());
    }
  });
  await page.goto(`${product.url}${path}`);
  await untilSettled(page);
  await page.close();
  return assets;
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

beforeAll(async () => {
  product = await startProduct({ REHOME_BATCH_SIZE: "1000", REHOME_BATCH_PAUSE_MS: "0" });
  browser = await launchBrowser();
  const world = await product.demoWorld();
  const migrationId = await startMigration(world);
  await untilEnded(world.admin, migrationId);
  scope = { world, migrationId, subjects: await prepareSubjects(world, migrationId) };
  context = await openSignedIn(browser, world.admin);
  noted = watchBrowser(context, product.url);
  firstRoute = await assetsOf("/");
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe("budgets", () => {
  it("loads the first page with at most 260 KB of scripts and 20 KB of styles", async () => {
    const scripts = await weigh(firstRoute, ".js");
    const styles = await weigh(firstRoute, ".css");
    expect(scripts).toBeGreaterThan(50);
    expect(scripts).toBeLessThanOrEqual(260);
    expect(styles).toBeGreaterThan(1);
    expect(styles).toBeLessThanOrEqual(20);
  });

  it.each(lazyPages)("loads $name with at most 80 KB more", async ({ path }) => {
    const more = [...(await assetsOf(path(scope)))].filter((address) => !firstRoute.has(address));
    const weight = (await weigh(more, ".js")) + (await weigh(more, ".css"));
    expect(weight, more.join("\n")).toBeLessThanOrEqual(80);
  });

  it("answers pages with a policy that allows no inline script", async () => {
    const { headers } = await fetch(`${product.url}/`);
    const policy = headers.get("content-security-policy") ?? "";
    expect(/script-src ([^;]*)/.exec(policy)?.[1]).toBe("'self'");
    expect(policy).toContain("default-src 'none'");
  });

  it.each(pages)("fits $name into 390 pixels", async ({ path }) => {
    const page = await context.newPage();
    await page.setViewportSize(phone);
    await page.goto(`${product.url}${path(scope)}`);
    await untilSettled(page);
    const overflow = await measureOverflow(page);
    await page.close();
    expect(overflow).toEqual({ pixels: 0, elements: [] });
  });

  it("has written nothing to the console and asked no other origin for anything", () => {
    expect(noted).toEqual([]);
  });
});
