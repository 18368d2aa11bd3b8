import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility, untilSettled } from "../kit/audit-accessibility.ts";
import { openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { demoEmails, startProduct, type Product } from "../kit/product.ts";
import { watchBrowser } from "../kit/watch-browser.ts";

/** Owns Network status and administers no site. */
const owner = "marek.dvorak@northwind.example";
const bot = "ci@northwind.example";
const phone = { width: 390, height: 844 };
const desktop = { width: 1440, height: 900 };

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let noted: string[];

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  context = await openSignedIn(browser, await product.signIn(owner), { reducedMotion: "reduce" });
  context.setDefaultTimeout(20_000);
  page = await context.newPage();
  noted = watchBrowser(context, product.url);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** Accessible in light and dark, nothing sticks out at the width of a phone, and pictures where they are asked for. */
async function audit(name: string, shown = page): Promise<void> {
  await untilSettled(shown);
  expect(await auditAccessibility(shown)).toEqual([]);
  const folder = process.env.REHOME_SCREENSHOTS;
  for (const [width, viewport] of [
    ["", desktop],
    ["-390", phone],
  ] as const) {
    await shown.setViewportSize(viewport);
    await untilSettled(shown);
    expect(
      await shown.evaluate("document.documentElement.scrollWidth - innerWidth"),
      `${name} at ${viewport.width}`,
    ).toBeLessThanOrEqual(0);
    if (folder !== undefined) {
      for (const colorScheme of ["light", "dark"] as const) {
        await shown.emulateMedia({ colorScheme });
        await shown.screenshot({ path: `${folder}/${name}${width}-${colorScheme}.png`, fullPage: true });
      }
    }
  }
  await shown.setViewportSize(desktop);
}

function flaggedTile(): ReturnType<Page["getByRole"]> {
  return page.getByRole("link", { name: /^Flagged/ });
}

describe("a product's users in the browser of its owner", () => {
  it("are reached from My work, with the flagged bot on top", async () => {
    await page.goto(product.url);
    await page.getByRole("link", { name: "Network status" }).click();
    await page.getByRole("heading", { level: 1, name: "Network status" }).waitFor();
    await page.getByRole("heading", { level: 2, name: "1 bot to look at" }).waitFor();
    await page.getByText("Also on Operations on-call").waitFor();
    await page.getByText("On this product alone: goes on as before").waitFor();
    await page.getByText("Login metrics-push").waitFor();
    await audit("product");
  });

  it("are searched and filtered", async () => {
    await page.getByLabel("Search users").fill("incident");
    await page.getByRole("row").filter({ hasText: "incident-bridge" }).waitFor();
    await page.getByRole("button", { name: "Clear filters" }).click();
    await page.getByRole("combobox", { name: "Kind" }).selectOption("Distribution list");
    await page.getByRole("row").filter({ hasText: "team@northwind.example" }).waitFor();
    await page.getByText("Login metrics-push").waitFor({ state: "detached" });
    await page.getByLabel("Search users").fill("nobody here");
    await page.getByText("No users match these filters").waitFor();
    await page.getByRole("button", { name: "Clear filters" }).first().click();
    await page.getByText("Login metrics-push").waitFor();
  });

  it("are brought up to date by a file, looked at before it counts", async () => {
    await page.locator('input[type="file"]').setInputFiles({
      name: "team-of-status.csv",
      mimeType: "text/csv",
      buffer: Buffer.from(
        [
          "email,name,role,status,password hash",
          "zelda.young@northwind.example,Zelda Young,Team member,active,no hash at all",
          "marek.dvorak@northwind.example,Marek Dvořák,Owner,active,",
          "somebody,Some Body,Team member,gone,",
        ].join("\r\n"),
      ),
    });
    await page.getByRole("button", { name: "Apply 2 rows" }).waitFor();
    await page.getByText("1 password hash cannot be used and is not kept").waitFor();
    await page.getByText("unknown value “gone”").waitFor();
    expect(await page.getByText("no hash at all").count()).toBe(0);
    await audit("product-upload");
    await page.getByRole("button", { name: "Apply 2 rows" }).click();
    await page.getByText("2 rows applied to Network status").waitFor();
    await page.getByRole("row").filter({ hasText: "zelda.young@northwind.example" }).waitFor();
    await page.getByRole("link", { name: "team-of-status.csv" }).click();
    await page.getByRole("heading", { level: 1, name: "team-of-status.csv" }).waitFor();
    await page.getByRole("link", { name: "1 rejected row as CSV" }).waitFor();
    await page.getByRole("link", { name: "Network status" }).click();
    await page.getByRole("heading", { level: 1, name: "Network status" }).waitFor();
  });
});

describe("a flagged bot in the browser", () => {
  it("is not given an address that another product knows", async () => {
    await page.getByRole("button", { name: "Make unique: the address of Deployments" }).click();
    const dialog = page.getByRole("dialog", { name: "Make the address unique" });
    await dialog.getByRole("button", { name: "Change the address" }).click();
    await dialog.getByText("Enter an address.").waitFor();
    await dialog.getByRole("textbox", { name: "New address" }).fill("robot@northwind.example");
    await dialog.getByRole("button", { name: "Change the address" }).click();
    await dialog.getByText("has logins on Operations on-call, so the bot would still share it").waitFor();
    await audit("bot-unique-refused");
    await dialog.getByRole("button", { name: "Cancel" }).click();
  });

  it("is confirmed by whoever reads its mail, and the page of the owner changes by itself", async () => {
    await page.getByRole("button", { name: "Confirm: the address of Deployments" }).click();
    const dialog = page.getByRole("dialog", { name: "Have the address confirmed" });
    await audit("bot-confirm");
    await dialog.getByRole("button", { name: "Send the mail" }).click();
    await page.getByText(`Mail to ${bot} waits to be answered`).waitFor();
    await audit("product-waiting");
    const [link] = await product.mailLinks(bot, "/bot-address/");
    const stranger = await browser.newContext({ viewport: desktop, reducedMotion: "reduce" });
    const seen = watchBrowser(stranger, product.url);
    const mailbox = await stranger.newPage();
    await mailbox.goto(`${product.url}${link}`);
    await mailbox.getByRole("heading", { level: 1, name: "Confirm the address of a bot" }).waitFor();
    await mailbox.getByText("Network status, Northwind Logistics").waitFor();
    await audit("bot-address", mailbox);
    await mailbox.getByRole("button", { name: "Confirm the address" }).click();
    await mailbox.getByRole("heading", { level: 1, name: "The address is confirmed" }).waitFor();
    await mailbox.waitForURL(`${product.url}/bot-address/used`);
    await audit("bot-address-confirmed", mailbox);
    expect(seen).toEqual([]);
    await mailbox.goto(`${product.url}${link}`);
    await mailbox.getByRole("heading", { level: 1, name: "This link does not work any more" }).waitFor();
    await audit("bot-address-dead", mailbox);
    await stranger.close();
    await page.getByText("to look at").waitFor({ state: "detached" });
    expect(await flaggedTile().textContent()).toContain("0");
    await page.getByRole("row").filter({ hasText: bot }).getByText("Address confirmed").waitFor();
  });

  it("gets an address of its own on the other product, where it was still flagged", async () => {
    const admins = await openSignedIn(browser, await product.signIn(demoEmails.organizationAdmin));
    const admin = await admins.newPage();
    await admin.goto(`${product.url}/organization`);
    await admin.getByRole("link", { name: "Operations on-call" }).click();
    await admin.getByRole("button", { name: "Make unique: the address of CI alerts" }).click();
    const dialog = admin.getByRole("dialog", { name: "Make the address unique" });
    await dialog.getByRole("textbox", { name: "New address" }).fill("ci-alerts@northwind.example");
    await dialog.getByRole("button", { name: "Change the address" }).click();
    await admin.getByText("to look at").waitFor({ state: "detached" });
    await admin.getByRole("row").filter({ hasText: "ci-alerts@northwind.example" }).waitFor();
    await admins.close();
  });
});

describe("a product for somebody else of the organization", () => {
  it("shows where it runs and whose it is, and who may see its users", async () => {
    const members = await openSignedIn(browser, await product.signIn(demoEmails.jsmith));
    const member = await members.newPage();
    await member.goto(page.url());
    await member.getByRole("heading", { level: 1, name: "Network status" }).waitFor();
    await member.getByText("You may not see the users of Network status").waitFor();
    await member.getByText("Ask Marek Dvořák or Nadia Okafor.").waitFor();
    await audit("product-forbidden", member);
    await members.close();
    expect(noted).toEqual([]);
  });
});
