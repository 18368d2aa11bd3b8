// Pictures of every page in docs/screenshots, light and dark, from the built product and a migration of its demo.
import { mkdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Page } from "playwright-core";
import { untilSettled } from "../test/kit/audit-accessibility.ts";
import { releaseBrake, setBrakeLimits } from "../test/kit/brake-flow.ts";
import { openSignedIn } from "../test/kit/browser-steps.ts";
import { launchBrowser } from "../test/kit/browser.ts";
import { prepareSubjects } from "../test/kit/demo-run.ts";
import {
  approveMigration,
  createMigration,
  decide,
  planMigration,
  stateOf,
  untilEnded,
} from "../test/kit/migration-flow.ts";
import { pages } from "../test/kit/page-list.ts";
import { plantServices } from "../test/kit/product-user-factories.ts";
import { demoEmails, startProduct } from "../test/kit/product.ts";
import { until } from "../test/kit/world.ts";

const folder = path.resolve(import.meta.dirname, "../docs/screenshots");
const limit = 250 * 1024;
const tooLarge: string[] = [];

/** Takes the open page in both schemes, as it is. */
async function takeBoth(page: Page, name: string): Promise<void> {
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
    await page.waitForTimeout(150);
    const file = path.join(folder, `${name}-${scheme}.png`);
    await page.screenshot({ path: file });
    const { size } = await stat(file);
    if (size > limit) {
      tooLarge.push(`${name}-${scheme}.png: ${size} bytes`);
    }
  }
}

async function openAndTake(page: Page, address: string, name: string): Promise<void> {
  await page.goto(address);
  await untilSettled(page);
  await takeBoth(page, name);
  process.stdout.write(`${name}\n`);
}

await rm(folder, { recursive: true, force: true });
await mkdir(folder, { recursive: true });
const product = await startProduct({ REHOME_BATCH_PAUSE_MS: "150" });
const browser = await launchBrowser();
try {
  const world = await product.demoWorld();
  const { admin, destination } = world;
  const context = await openSignedIn(browser, admin);
  const page = await context.newPage();

  const stranger = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const door = await stranger.newPage();
  await door.goto(`${product.url}/sign-in`);
  await door.getByRole("heading", { name: "Demo sign-ins" }).waitFor();
  await takeBoth(door, "sign-in");

  // The plan before the first run is the one worth seeing: afterwards most people are unchanged.
  const migrationId = await createMigration(world);
  const fingerprint = await planMigration(admin, migrationId);
  const migrationUrl = `${product.url}/migrations/${migrationId}`;
  await openAndTake(page, `${migrationUrl}/plan`, "plan");

  await page.goto(migrationUrl);
  // A limit low enough that this run is paused by it; the organization's page shows the usual one again.
  const { organizationId } = world;
  await setBrakeLimits(admin, organizationId, [{ brake: "MERGES", percent: 2, leastPeople: 1 }]);
  await approveMigration(admin, migrationId, fingerprint, destination.name);
  await setBrakeLimits(admin, organizationId, [{ brake: "MERGES", percent: 50, leastPeople: 1_000 }]);
  await decide(admin, "startMigration", migrationId);
  await until(async () => (await stateOf(admin, migrationId)) === "PAUSED", 120);
  await page.getByRole("button", { name: "Release…" }).waitFor();
  await takeBoth(page, "migration-braked");
  await releaseBrake(admin, migrationId, "MERGES", "Looked at the examples with the service desk");
  const bar = page.getByRole("progressbar", { name: /^Progress of/ });
  await bar.waitFor();
  await until(async () => {
    const [done, all] = [await bar.getAttribute("aria-valuenow"), await bar.getAttribute("aria-valuemax")];
    return Number(done) > 0.55 * Number(all);
  }, 120);
  await takeBoth(page, "migration-live");

  await untilEnded(admin, migrationId, 120);
  const scope = { world, migrationId, subjects: await prepareSubjects(world, migrationId) };
  await plantServices(product.connectionString(), { organizationId, email: demoEmails.organizationAdmin });
  for (const listed of pages.filter(({ name }) => name !== "plan")) {
    await openAndTake(page, `${product.url}${listed.path(scope)}`, listed.name);
  }
  await page.goto(`${migrationUrl}/undo`);
  await page.getByRole("button", { name: "Plan undo" }).click();
  await page.getByRole("button", { name: "Start undo" }).waitFor();
  await untilSettled(page);
  await takeBoth(page, "undo-planned");
  await page.setViewportSize({ width: 390, height: 844 });
  await openAndTake(page, `${product.url}/groups/review/${scope.subjects.groupId}`, "group-review-390");
} finally {
  await browser.close();
  await product.stop();
}
if (tooLarge.length > 0) {
  process.stderr.write(`Larger than 250 KB:\n${tooLarge.join("\n")}\n`);
  process.exitCode = 1;
}
