import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility, untilSettled } from "../kit/audit-accessibility.ts";
import { openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { demoEmails, demoPassword, startProduct, type Product } from "../kit/product.ts";
import { watchBrowser } from "../kit/watch-browser.ts";

const narrow = { width: 390, height: 844 };
const wide = { width: 1440, height: 900 };

let product: Product;
let browser: Browser;
let noted: string[] = [];

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function openAs(email: string, path: string): Promise<Page> {
  const context = await openSignedIn(browser, await product.signIn(email));
  const page = await context.newPage();
  // A wrong password and an ended session are errors in a console, so only what the admin does is listened to.
  noted = watchBrowser(context, product.url);
  await page.goto(`${product.url}${path}`);
  return page;
}

async function audit(page: Page): Promise<void> {
  await untilSettled(page);
  expect(await auditAccessibility(page)).toEqual([]);
}

async function fitsPhone(page: Page): Promise<boolean> {
  await page.setViewportSize(narrow);
  const fits = await page.evaluate<boolean>("document.documentElement.scrollWidth <= window.innerWidth");
  await page.setViewportSize(wide);
  return fits;
}

async function ask(page: Page, reason: string): Promise<void> {
  await page.getByRole("button", { name: "Ask to close my account…" }).click();
  const dialog = page.getByRole("dialog", { name: "Ask to close your account?" });
  await dialog.getByText("Can decide: Nadia Okafor").waitFor();
  await dialog.getByLabel("Your password").fill("not the password at all");
  await dialog.getByRole("button", { name: "Send the request" }).click();
  await dialog.getByText("The password is wrong.").waitFor();
  await audit(page);
  await dialog.getByLabel("Your password").fill(demoPassword);
  await dialog.getByLabel("Reason").fill(reason);
  await dialog.getByRole("button", { name: "Send the request" }).click();
  await page.getByText("You asked for your account to be closed").waitFor();
}

describe("closing an account in the browser", () => {
  let member: Page;
  let admin: Page;

  it("is asked for on one's own page, with the password, and can be taken back", async () => {
    member = await openAs(demoEmails.dmurphy, "/me");
    await member.getByText("Requests you raised and their history stay readable").waitFor();
    await audit(member);
    expect(await fitsPhone(member)).toBe(true);
    await ask(member, "I leave at the end of the month");
    await member.getByText("Can decide: Nadia Okafor").waitFor();
    await audit(member);
    expect(await fitsPhone(member)).toBe(true);
    await member.getByRole("button", { name: "Keep my account" }).click();
    await member.getByRole("button", { name: "Ask to close my account…" }).waitFor();
    await ask(member, "I leave after all");
  });

  it("is told to the last admin with what to hand over, and not offered", async () => {
    const page = await openAs(demoEmails.organizationAdmin, "/me");
    await page.getByText("Something has to be handed over first").waitFor();
    await page.getByText("You are the last admin of Northwind Logistics").waitFor();
    expect(await page.getByRole("button", { name: "Ask to close my account…" }).count()).toBe(0);
    await audit(page);
  });

  it("waits in My work and on the page of people; a reason declines it", async () => {
    admin = await openAs(demoEmails.organizationAdmin, "/organization/people");
    await admin.getByRole("heading", { name: "Accounts to close" }).waitFor();
    await audit(admin);
    await admin.goto(product.url);
    await admin.getByText("“I leave after all”").waitFor();
    await audit(admin);
    expect(await fitsPhone(admin)).toBe(true);
    await admin.getByRole("button", { name: "Decline to close the account of Deirdre Murphy" }).click();
    const dialog = admin.getByRole("dialog", { name: "Keep the account of Deirdre Murphy open?" });
    await dialog.getByRole("button", { name: "Decline", exact: true }).click();
    await dialog.getByText("Say why you decline.").waitFor();
    await dialog.getByLabel("Reason").fill("Your replacement starts next week");
    await dialog.getByRole("button", { name: "Decline", exact: true }).click();
    await admin.getByText("Accounts to close").waitFor({ state: "detached" });
    await member.reload();
    await member.getByText("Their words: Your replacement starts next week").waitFor();
    await audit(member);
  });

  it("is confirmed by the address, and signs the person out", async () => {
    await ask(member, "The replacement is here");
    await admin.reload();
    await admin.getByRole("button", { name: "Close the account of Deirdre Murphy", exact: true }).click();
    const dialog = admin.getByRole("dialog", { name: "Close the account of Deirdre Murphy?" });
    await audit(admin);
    expect(await dialog.getByRole("button", { name: "Close the account" }).isDisabled()).toBe(true);
    await dialog.getByLabel(`Type “${demoEmails.dmurphy}” to confirm`).fill(demoEmails.dmurphy);
    await dialog.getByRole("button", { name: "Close the account" }).click();
    await admin.getByText("Accounts to close").waitFor({ state: "detached" });
    await expect(product.signIn(demoEmails.dmurphy)).rejects.toThrow("401");
    await member.goto(`${product.url}/me`);
    await member.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await untilSettled(member);
    expect(await member.getByRole("link", { name: "Read this development server’s mail" }).count()).toBe(0);
  });

  it("shows on the profile, from which it is opened again by mail", async () => {
    await admin.goto(`${product.url}/accounts?search=${demoEmails.dmurphy}`);
    await admin.getByRole("link", { name: demoEmails.dmurphy }).first().click();
    await admin.getByText("This account is closed").waitFor();
    await audit(admin);
    expect(await fitsPhone(admin)).toBe(true);
    await admin.getByRole("button", { name: "Open again…" }).click();
    const dialog = admin.getByRole("dialog", { name: "Open the account of Deirdre Murphy again?" });
    await audit(admin);
    await dialog.getByRole("button", { name: "Open it again" }).click();
    await admin.getByText("This account is closed").waitFor({ state: "detached" });
    const [link] = await product.mailLinks(demoEmails.dmurphy, "/finish/");
    const page = await browser.newPage();
    await page.goto(`${product.url}${link}`);
    await page.getByRole("textbox", { name: "Password" }).waitFor();
    await page.close();
    expect(noted).toEqual([]);
  });
});
