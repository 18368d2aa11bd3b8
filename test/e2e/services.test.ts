import { randomBytes } from "node:crypto";
import pg from "pg";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility, untilSettled } from "../kit/audit-accessibility.ts";
import { openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import type { OpenedLetter } from "../kit/letters.ts";
import { plantServices } from "../kit/product-user-factories.ts";
import { demoEmails, demoPassword, startProduct, type Product } from "../kit/product.ts";
import { watchBrowser } from "../kit/watch-browser.ts";
import { until } from "../kit/world.ts";
import { linkIn, waitForMail } from "./mail-steps.ts";

const masterKey = randomBytes(32);
const email = demoEmails.organizationAdmin;
const formerEmail = "operations.on-call@northwind-network-operations.example";
const otherEmail = "nadia.elsewhere@network.example";
/** Width of a small phone. */
const phone = { width: 390, height: 844 };

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let pool: pg.Pool;
let noted: string[];

beforeAll(async () => {
  product = await startProduct({ REHOME_MASTER_KEY: masterKey.toString("base64") });
  const world = await product.demoWorld();
  await plantServices(product.connectionString(), { organizationId: world.organizationId, email });
  pool = new pg.Pool({ connectionString: product.connectionString(), max: 2 });
  pool.on("error", () => {});
  await pool.query(
    "insert into product_user (product_id, email) select id, $1 from product where name = 'Depot status'",
    [otherEmail],
  );
  browser = await launchBrowser();
  context = await openSignedIn(browser, world.admin, { viewport: phone });
  page = await context.newPage();
  noted = watchBrowser(context, product.url);
});

afterAll(async () => {
  await browser?.close();
  await pool?.end();
  await product?.stop();
});

const mailTo = (address: string, subject: string): Promise<OpenedLetter> =>
  waitForMail({ pool, masterKey }, address, subject);

/** Accessible in light and dark, and nothing sticks out at the width of a phone. */
async function audit(name: string, at: Page = page): Promise<void> {
  expect(await auditAccessibility(at)).toEqual([]);
  expect(await at.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  const folder = process.env.REHOME_SCREENSHOTS;
  if (folder !== undefined) {
    await at.screenshot({ path: `${folder}/${name}-dark.png`, fullPage: true });
    await at.emulateMedia({ colorScheme: "light" });
    await at.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  }
}

const connected = (name: string) =>
  page.getByRole("region", { name: "Connected services" }).getByRole("listitem").filter({ hasText: name });

describe("relinking a service (R68)", () => {
  it("goes profile, Services, Change account, email, Change Connection, and shows what waits", async () => {
    await page.goto(`${product.url}/me`);
    await page
      .getByRole("navigation", { name: "Your account" })
      .getByRole("link", { name: "Services" })
      .click();
    await page.getByRole("heading", { level: 1, name: "Services" }).waitFor();
    await connected("Depot status").getByText(formerEmail).waitFor();
    await untilSettled(page);
    await audit("services");
    await page.getByRole("button", { name: "Change account of Depot status" }).click();
    const dialog = page.getByRole("dialog", { name: "Change account of Depot status" });
    await dialog.getByRole("button", { name: "Change Connection" }).click();
    await dialog.getByText("Enter the email it has there.").waitFor();
    await page.locator("#connect-email:focus").waitFor();
    await dialog.getByLabel("Email of the login").fill("nobody at home");
    await dialog.getByRole("button", { name: "Change Connection" }).click();
    await dialog.getByText(/The email has no @/).waitFor();
    await page.locator("#connect-email:focus").waitFor();
    await audit("services-change");
    await dialog.getByLabel("Email of the login").fill(otherEmail);
    await dialog.getByRole("button", { name: "Change Connection" }).click();
    await dialog.waitFor({ state: "detached" });
    await page.getByText(`${otherEmail} waits to be connected with Depot status`).waitFor();
    expect(await connected("Depot status").getByText(formerEmail).count()).toBe(1);
  });

  it("sends the mail again, and the link before works no more", async () => {
    const first = linkIn(await mailTo(otherEmail, "Connect your login of Depot status"));
    const notice = page.getByRole("status").filter({ hasText: otherEmail });
    await notice.getByRole("button", { name: "Send again" }).click();
    await until(async () => {
      const newest = linkIn(await mailTo(otherEmail, "Connect your login of Depot status"));
      return newest !== first;
    });
    await notice.getByRole("button", { name: "Sent again" }).waitFor();
    await page.goto(first);
    await page.getByRole("heading", { level: 1, name: "This link does not work any more" }).waitFor();
    noted.length = 0;
  });

  it("is confirmed in the account's own session alone: who is signed out is told where to sign in", async () => {
    const link = linkIn(await mailTo(otherEmail, "Connect your login of Depot status"));
    const stranger = await browser.newContext({ viewport: phone });
    const door = await stranger.newPage();
    await door.goto(link);
    await door.getByRole("heading", { level: 1, name: "Sign in to connect this login" }).waitFor();
    await audit("connect-signed-out", door);
    await door.getByRole("link", { name: "Sign in as n…@northwind.example" }).click();
    await door.getByLabel("Email", { exact: true }).fill(demoEmails.jsmith);
    await door.getByLabel("Password", { exact: true }).fill(demoPassword);
    await door.getByRole("button", { name: "Sign in", exact: true }).click();
    await door.getByRole("heading", { level: 1, name: "This link is for another account" }).waitFor();
    await audit("connect-other-account", door);
    expect(await door.getByRole("button", { name: "Connect", exact: true }).count()).toBe(0);
    await stranger.close();
  });

  it("names product, login and account, and connects by a click", async () => {
    const link = linkIn(await mailTo(otherEmail, "Connect your login of Depot status"));
    await page.goto(link);
    await page.getByRole("heading", { level: 1, name: "Connect Depot status" }).waitFor();
    await page.getByText(otherEmail).waitFor();
    await page.getByText(email, { exact: true }).waitFor();
    await page.getByText(`It takes the place of nadia (${formerEmail})`).waitFor();
    await audit("connect");
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByRole("heading", { level: 1, name: "Depot status is connected" }).waitFor();
    await page.waitForURL(`${product.url}/connect/used`);
    await audit("connect-done");
    await page.getByRole("link", { name: "Your services" }).click();
    await connected("Depot status").getByText(otherEmail).waitFor();
    expect(await connected("Depot status").getByText(formerEmail).count()).toBe(0);
    await mailTo(formerEmail, "Your login of Depot status is connected no longer");
    await mailTo(email, "Depot status is connected to your account");
    expect(noted).toEqual([]);
  });
});

describe("the other acts", () => {
  it("a login with the account's own email is connected by one click and its mail", async () => {
    await page.getByRole("button", { name: "Connect Night alerts" }).click();
    await page.getByText(`${email} waits to be connected with Night alerts`).waitFor();
    await page.goto(linkIn(await mailTo(email, "Connect your login of Night alerts")));
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByRole("link", { name: "Your services" }).click();
    await connected("Night alerts").waitFor();
  });

  it("what waits is cancelled, and a login is disconnected after a question", async () => {
    const notice = page.getByRole("status").filter({ hasText: "nadia@handbook.example" });
    await notice.getByRole("button", { name: "Cancel" }).click();
    await notice.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Disconnect Night alerts" }).click();
    const dialog = page.getByRole("dialog", { name: "Disconnect Night alerts?" });
    await dialog.getByRole("button", { name: "Disconnect" }).click();
    await dialog.waitFor({ state: "detached" });
    await page
      .getByRole("region", { name: "Logins with your email" })
      .getByRole("listitem")
      .filter({ hasText: "Night alerts" })
      .waitFor();
    await mailTo(email, "Night alerts is connected to your account no longer");
  });

  it("access to a further service is asked for where the page offers it (R69)", async () => {
    await page.getByRole("button", { name: "Ask to administer Handbook" }).click();
    const dialog = page.getByRole("dialog", { name: "Ask for the product admin role of Handbook" });
    await dialog.getByLabel("Reason").fill("I write the chapter about networks");
    await audit("services-ask");
    await dialog.getByRole("button", { name: "Send the request" }).click();
    await dialog.waitFor({ state: "detached" });
    await page
      .getByRole("region", { name: "Further services" })
      .getByRole("listitem")
      .filter({ hasText: "Handbook" })
      .getByText("Asked for, waits")
      .waitFor();
    expect(noted).toEqual([]);
  });
});
