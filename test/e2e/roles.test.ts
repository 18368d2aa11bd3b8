import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility, untilSettled } from "../kit/audit-accessibility.ts";
import { openFromNavigation, openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { demoEmails, startProduct, type Product } from "../kit/product.ts";
import { watchBrowser } from "../kit/watch-browser.ts";

const newcomer = "priya.nair@northwind.example";
const password = "a passphrase of my very own";
const narrow = { width: 390, height: 844 };

let product: Product;
let browser: Browser;
let admin: Page;
let noted: string[];

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const context = await openSignedIn(browser, await product.signIn(demoEmails.organizationAdmin));
  admin = await context.newPage();
  noted = watchBrowser(context, product.url);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

async function audit(page: Page): Promise<void> {
  await untilSettled(page);
  expect(await auditAccessibility(page)).toEqual([]);
}

async function openAs(email: string): Promise<Page> {
  const context = await openSignedIn(browser, await product.signIn(email));
  const page = await context.newPage();
  await page.goto(product.url);
  await page.getByRole("heading", { level: 1, name: "My work" }).waitFor();
  return page;
}

/** Whether the page fits a phone: nothing scrolls sideways but the tables in themselves. */
async function fitsPhone(page: Page): Promise<boolean> {
  await page.setViewportSize(narrow);
  return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth");
}

describe("an invitation in the browser", () => {
  let stranger: BrowserContext;
  let page: Page;

  it("is sent from the page of people and roles, and waits there", async () => {
    await admin.goto(`${product.url}/organization/people`);
    await admin.getByRole("cell", { name: "Ingrid Holm ingrid.holm@" }).waitFor();
    await audit(admin);
    await admin.getByRole("button", { name: "Invite", exact: true }).click();
    const dialog = admin.getByRole("dialog", { name: "Invite somebody to a role" });
    await dialog.getByRole("button", { name: "Send the invitation" }).click();
    await dialog.getByText("Enter an address.").waitFor();
    await dialog.getByRole("textbox", { name: "Email" }).fill(newcomer);
    await dialog.getByRole("combobox", { name: "Site" }).click();
    await admin
      .getByRole("listbox", { name: "Site" })
      .getByRole("option", { name: "Northwind Help" })
      .click();
    await audit(admin);
    await dialog.getByRole("button", { name: "Send the invitation" }).click();
    await admin.getByRole("button", { name: `Withdraw the invitation of ${newcomer}` }).waitFor();
    await audit(admin);
  });

  it("is opened from the mail by somebody new, who sets a password and is in", async () => {
    const [link] = await product.mailLinks(newcomer, "/invitation/");
    stranger = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const seen = watchBrowser(stranger, product.url);
    page = await stranger.newPage();
    await page.goto(`${product.url}${link}`);
    await page.getByRole("heading", { level: 1, name: "You are invited to Northwind Help" }).waitFor();
    await page.getByText("Nadia Okafor (nadia.okafor@northwind.example)").waitFor();
    await audit(page);
    expect(await fitsPhone(page)).toBe(true);
    await page.getByRole("button", { name: "Set the password and accept" }).click();
    await page.getByText("Use 15 characters or more").waitFor();
    await page.getByRole("textbox", { name: "Your name" }).fill("Priya Nair");
    await page.getByLabel("New password").fill(password);
    await page.getByRole("button", { name: "Set the password and accept" }).click();
    await page.getByRole("heading", { level: 1, name: "My work" }).waitFor();
    expect(seen).toEqual([]);
  });

  it("gave a role that works: the site's people are hers to see and to invite", async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await openFromNavigation(page, "Organization");
    await page.getByRole("link", { name: "Northwind Help" }).first().click();
    await page.getByRole("tab", { name: "People and roles" }).click();
    await page.getByRole("cell", { name: `Priya Nair ${newcomer}` }).waitFor();
    await page.getByRole("button", { name: "Invite", exact: true }).waitFor();
    await audit(page);
    expect(await fitsPhone(page)).toBe(true);
  });

  it("and is gone at once when the role is removed", async () => {
    await admin.goto(`${product.url}/organization/people?search=priya`);
    await admin.getByRole("button", { name: "Remove Site admin of Northwind Help, Priya Nair" }).click();
    const dialog = admin.getByRole("dialog", { name: "Remove the role of Priya Nair?" });
    await dialog.getByText(/their only role here/).waitFor();
    await audit(admin);
    await dialog.getByRole("button", { name: "Remove" }).click();
    await admin.getByText("No people match these filters").waitFor();
    await page.goto(product.url);
    await page.getByText("You administer no site here").waitFor();
    await audit(page);
    await stranger.close();
  });
});

describe("a request for access in the browser", () => {
  it("is asked for by a member, approved by a site admin, and works", async () => {
    const member = await openAs(demoEmails.dmurphy);
    await member.getByText("You administer no site here").waitFor();
    await member.getByText("You administer no site. Ask for access to get one.").waitFor();
    await member.getByRole("button", { name: "Ask for access…" }).click();
    const dialog = member.getByRole("dialog", { name: "Ask for access" });
    await dialog.getByRole("combobox", { name: "Site" }).click();
    await member.getByRole("option", { name: "Northwind Help" }).click();
    await dialog.getByRole("textbox", { name: "Reason" }).fill("I answer requests there");
    await audit(member);
    await dialog.getByRole("button", { name: "Send the request" }).click();
    await member.getByText("Your request is sent").waitFor();
    await member.getByText("The site admin role of Northwind Help").waitFor();
    await audit(member);
    expect(await fitsPhone(member)).toBe(true);

    const siteAdmin = await openAs("ingrid.holm@northwind.example");
    await siteAdmin.getByText("“I answer requests there”").waitFor();
    await audit(siteAdmin);
    expect(await fitsPhone(siteAdmin)).toBe(true);
    await siteAdmin.getByRole("button", { name: "Decline the request of Jordan Smith" }).click();
    await siteAdmin.getByRole("textbox", { name: "Reason" }).fill("Three admins are enough");
    await siteAdmin.getByRole("button", { name: "Decline", exact: true }).click();
    await siteAdmin.getByRole("button", { name: "Approve the request of Deirdre Murphy" }).click();
    await audit(siteAdmin);
    await siteAdmin.getByRole("button", { name: "Approve", exact: true }).click();
    await siteAdmin.getByText("Requests for access").waitFor({ state: "detached" });

    await member.setViewportSize({ width: 1440, height: 900 });
    await member.goto(product.url);
    await openFromNavigation(member, "Organization");
    await member.getByRole("heading", { level: 1, name: "Northwind Logistics" }).waitFor();
    const declined = await openAs(demoEmails.jsmith);
    await declined.getByText("Their words: Three admins are enough").waitFor();
  });

  it("is offered where a member may not see a site", async () => {
    const { destination } = await product.demoWorld();
    const member = await openAs(demoEmails.jsmith);
    await member.goto(`${product.url}/organization/sites/${destination.id}`);
    await member.getByRole("button", { name: "Ask for site admin or access…" }).waitFor();
    await audit(member);
  });
});

describe("the ownership of a product in the browser", () => {
  it("is offered by its owner and can be withdrawn", async () => {
    const owner = await openAs("marek.dvorak@northwind.example");
    await owner.getByRole("button", { name: "Transfer the ownership of Network status" }).click();
    const dialog = owner.getByRole("dialog", { name: "Transfer the ownership of Network status" });
    await dialog.getByRole("textbox", { name: "Email of the new owner" }).fill(demoEmails.organizationAdmin);
    await audit(owner);
    await dialog.getByRole("button", { name: "Send the offer" }).click();
    await owner.getByText(`Offered to ${demoEmails.organizationAdmin}`).waitFor();
    await audit(owner);
    await owner.getByRole("link", { name: "its admins" }).click();
    await owner.getByRole("heading", { level: 1, name: "People and roles" }).waitFor();
    await owner.getByRole("cell", { name: "Marek Dvořák marek.dvorak@" }).waitFor();
    await audit(owner);
    expect(noted).toEqual([]);
  });
});
