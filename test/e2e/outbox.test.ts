import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { MikroORM } from "@mikro-orm/postgresql";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { entities } from "../../packages/server/src/entities.ts";
import { findRunningPostgres } from "../../packages/server/src/platform/database/embedded/index.ts";
import { openOrm } from "../../packages/server/src/platform/database/orm.ts";
import { createServices } from "../../packages/server/src/services.ts";
import { auditAccessibility } from "../kit/audit-accessibility.ts";
import { openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { demoEmails, startProduct, type Product } from "../kit/product.ts";
import { query } from "../kit/query.ts";
import { watchBrowser } from "../kit/watch-browser.ts";
import { sampleLetters } from "../mail/letters.fixture.ts";

const masterKey = Buffer.from(Array.from({ length: 32 }, (_, index) => index));

let folder: string;
let product: Product;
let browser: Browser;
let page: Page;
let noted: string[];
let orm: MikroORM;
let organizationId: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "rehome-outbox-"));
  product = await startProduct({
    NODE_ENV: "development",
    REHOME_DATA_DIR: path.join(folder, "data"),
    REHOME_MASTER_KEY: masterKey.toString("base64"),
  });
  orm = await openOrm((await findRunningPostgres(path.join(folder, "data"))) ?? "", entities, 2);
  ({ organizationId } = await product.demoWorld());
  // The demo's own mail, which is not what this is about.
  await query(orm.em.fork(), "delete from mail_outbox");
  browser = await launchBrowser();
  const context = await openSignedIn(browser, await product.signIn(demoEmails.organizationAdmin));
  page = await context.newPage();
  noted = watchBrowser(context, product.url);
});

afterAll(async () => {
  await browser?.close();
  await orm?.close();
  await product?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function queue(name: string): Promise<void> {
  const letter = sampleLetters[name];
  if (letter === undefined) {
    throw new Error(`There is no sample letter ${name}`);
  }
  const { outbox } = createServices({ masterKey, baseUrl: product.url, supportContact: "help@acme.example" });
  const em = orm.em.fork();
  await em.transactional((tx) =>
    outbox.queue(tx, {
      purpose: `sample.${name}`,
      about: name,
      to: "ada@acme.example",
      organizationId,
      accountId: null,
      letter,
    }),
  );
}

describe("the outbox in the browser", () => {
  it("is empty, and shows mail the moment it is queued, to who is not signed in", async () => {
    const stranger = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const tab = await stranger.newPage();
    await tab.goto(`${product.url}/outbox`);
    await tab.getByText("No mail yet").waitFor();
    await queue("reset-password");
    await tab.getByRole("link", { name: /Reset your password/ }).waitFor();
    await tab.getByText("Would have been sent").waitFor();
    const frame = tab.frameLocator("iframe");
    await frame.getByRole("heading", { name: "Reset your password" }).waitFor();
    const [opened] = await Promise.all([
      stranger.waitForEvent("page"),
      frame.getByRole("link", { name: "Choose a new password" }).click(),
    ]);
    expect(opened.url()).toContain("/recover/aB3-");
    await tab.getByText("Text", { exact: true }).click();
    await tab.getByRole("link", { name: /\/recover\// }).waitFor();
    await stranger.close();
  });

  it("is linked from the sign-in page, and where mail is said to be on its way", async () => {
    const stranger = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const tab = await stranger.newPage();
    const link = tab.getByRole("link", { name: "Read this development server’s mail" });
    await tab.goto(`${product.url}/sign-in`);
    await link.waitFor();
    expect(await auditAccessibility(tab)).toEqual([]);
    await tab.getByRole("link", { name: "Forgot your password?" }).click();
    await tab.getByRole("heading", { level: 1, name: "Get back in" }).waitFor();
    await tab.getByRole("textbox", { name: "Email" }).fill("nobody@acme.example");
    await tab.getByRole("button", { name: "Send the mail" }).click();
    await tab.getByRole("heading", { level: 1, name: "Look into your mailbox" }).waitFor();
    await link.click();
    await tab.getByRole("heading", { level: 1, name: "Outbox" }).waitFor();
    await stranger.close();
  });

  it("is in the navigation of a development server and can be used by everybody", async () => {
    await queue("invitation");
    await page.goto(product.url);
    await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: "Outbox" }).click();
    await page.getByRole("heading", { level: 1, name: "Outbox" }).waitFor();
    await page
      .frameLocator("iframe")
      .getByRole("heading", { name: /Grace Hopper invites you/ })
      .waitFor();
    // The frame of the HTML part runs no script, not even the audit's.
    await page.getByText("Text", { exact: true }).click();
    expect(await auditAccessibility(page)).toEqual([]);
    await page.getByText("HTML", { exact: true }).click();
    await page.setViewportSize({ width: 390, height: 844 });
    const wide = await page.evaluate<number>("document.documentElement.scrollWidth");
    expect(wide).toBeLessThanOrEqual(390);
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  it("has its admins decide about held mail and retry what bounced, on the organization's page", async () => {
    await query(
      orm.em.fork(),
      `update mail_outbox set state = 'BOUNCED', held_reason = null, settled_at = now(), attempts = 1,
         last_error = '550 5.1.1 No such user here' where about = 'invitation'`,
    );
    await page.goto(`${product.url}/organization`);
    const panel = page.getByRole("region", { name: "Mail", exact: true });
    await panel.getByText("1 mail held until somebody decides").waitFor();
    await panel.getByText("550 5.1.1 No such user here").waitFor();
    expect(await auditAccessibility(page)).toEqual([]);
    await panel.getByRole("button", { name: /^Retry/ }).click();
    await panel.getByText("2 mails held until somebody decides").waitFor();
    await panel.getByRole("button", { name: "Discard all" }).click();
    await page.getByRole("button", { name: "Discard", exact: true }).click();
    await panel.getByText("No mail needs a person").waitFor();
    expect(await query(orm.em.fork(), "select distinct state, body from mail_outbox")).toEqual([
      { state: "DISCARDED", body: null },
    ]);
    expect(noted).toEqual([]);
  });
});
