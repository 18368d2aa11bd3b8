import { randomBytes } from "node:crypto";
import pg from "pg";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility } from "../kit/audit-accessibility.ts";
import { launchBrowser } from "../kit/browser.ts";
import type { OpenedLetter } from "../kit/letters.ts";
import { demoEmails, demoPassword, startProduct, type Product } from "../kit/product.ts";
import { watchBrowser } from "../kit/watch-browser.ts";
import { linkIn, waitForMail } from "./mail-steps.ts";

const masterKey = randomBytes(32);
const freshPassword = "several words in a row, at last";
/** Width of a small phone. */
const phone = { width: 390, height: 844 };

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let pool: pg.Pool;
let noted: string[];

beforeAll(async () => {
  product = await startProduct({
    REHOME_MASTER_KEY: masterKey.toString("base64"),
    REHOME_SUPPORT_CONTACT: "help@northwind.example",
  });
  pool = new pg.Pool({ connectionString: product.connectionString(), max: 2 });
  pool.on("error", () => {});
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: phone });
  context.setDefaultTimeout(20_000);
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
async function audit(name: string): Promise<void> {
  expect(await auditAccessibility(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  const folder = process.env.REHOME_SCREENSHOTS;
  if (folder !== undefined) {
    await page.screenshot({ path: `${folder}/${name}-dark.png`, fullPage: true });
    await page.emulateMedia({ colorScheme: "light" });
    await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true });
  }
}

async function fillAndSignIn(email: string, password: string): Promise<void> {
  await page.goto(`${product.url}/sign-in`);
  await page.getByLabel("Email", { exact: true }).fill(email);
  await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

describe("a forgotten password in the browser", () => {
  it("is asked for from the sign-in page, which does not say whether there is an account", async () => {
    await page.goto(`${product.url}/sign-in`);
    await page.getByRole("link", { name: "Forgot your password?" }).click();
    await page.getByRole("heading", { level: 1, name: "Get back in" }).waitFor();
    await audit("recover");
    await page.getByLabel("Email", { exact: true }).fill("nobody@nowhere.example");
    await page.getByRole("button", { name: "Send the mail" }).click();
    const heading = page.getByRole("heading", { level: 1, name: "Look into your mailbox" });
    await heading.waitFor();
    await page.locator("h1:focus").waitFor();
    await page.getByText("If there is an account for nobody@nowhere.example, mail is on its way.").waitFor();
    await page.getByRole("link", { name: "help@northwind.example" }).waitFor();
    expect(await page.getByRole("button", { name: /^Send it again in \d+ s$/ }).isDisabled()).toBe(true);
    await audit("mail-on-its-way");
    await page.getByRole("button", { name: "Use another email" }).click();
    await page.getByLabel("Email", { exact: true }).fill(demoEmails.jsmith);
    await page.getByRole("button", { name: "Send the mail" }).click();
    await heading.waitFor();
  });

  it("is set with the link, for the email that the page names, and leaves no secret in the history", async () => {
    const link = linkIn(await mailTo(demoEmails.jsmith, "Set a new password"));
    await page.goto(link);
    await page.getByRole("heading", { level: 1, name: "Set a new password" }).waitFor();
    expect(await page.getByLabel("Email", { exact: true }).inputValue()).toBe(demoEmails.jsmith);
    expect(await page.getByLabel("Email", { exact: true }).isEditable()).toBe(false);
    await audit("set-password");
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.getByText("Enter a password.").waitFor();
    await page.locator('input[autocomplete="new-password"]:focus').waitFor();
    await page.getByLabel("Password", { exact: true }).fill(freshPassword);
    await page.getByRole("button", { name: "Set the password" }).click();
    await page.getByRole("heading", { level: 1, name: "Your new password is set" }).waitFor();
    await page.waitForURL(`${product.url}/recover/used`);
    await audit("password-set");
    await page.getByRole("link", { name: "Sign in" }).click();
    await fillAndSignIn(demoEmails.jsmith, freshPassword);
    await page.getByRole("heading", { level: 1, name: "My work" }).waitFor();
    expect(noted).toEqual([]);
    await page.goto(link);
    await page.getByRole("heading", { level: 1, name: "This link does not work any more" }).waitFor();
    await audit("dead-link");
    noted.length = 0;
  });
});

describe("an account that an upload made, in the browser", () => {
  it("is finished with a name and a password", async () => {
    const { rows } = await pool.query<{ email: string }>(
      "select email from account where proved_at is null and email ~ '^[a-z.]+@[a-z-]+\\.example$' order by email limit 1",
    );
    const email = rows[0]?.email ?? "";
    await page.goto(`${product.url}/sign-in`);
    await page.getByRole("link", { name: "Did not get the mail?" }).click();
    expect(await page.getByRole("radio", { name: /did not get the mail/ }).isChecked()).toBe(true);
    await page.getByLabel("Email", { exact: true }).fill(email);
    await page.getByRole("button", { name: "Send the mail" }).click();
    await page.goto(linkIn(await mailTo(email, "Finish setting up your account")));
    await page.getByRole("heading", { level: 1, name: "Finish your account" }).waitFor();
    await audit("finish");
    await page.getByLabel("Name").fill("Ada Byron");
    await page.getByLabel("Password", { exact: true }).fill(freshPassword);
    await page.getByRole("button", { name: "Finish the account" }).click();
    await page.getByRole("heading", { level: 1, name: "Your account is ready" }).waitFor();
    await page.getByRole("link", { name: "Sign in" }).click();
    await fillAndSignIn(email, freshPassword);
    await page.getByRole("heading", { level: 1, name: "My work" }).waitFor();
    expect(noted).toEqual([]);
  });
});

describe("another email in the browser", () => {
  it("waits for a click on the link that went there", async () => {
    await fillAndSignIn(demoEmails.dmurphy, demoPassword);
    await page.getByRole("heading", { level: 1, name: "My work" }).waitFor();
    await page.goto(`${product.url}/me/email`);
    await page.getByText(demoEmails.dmurphy).first().waitFor();
    await page.getByLabel("New email").fill("dana@new.example");
    await page.getByLabel("Your password").fill("wrong horse battery staple");
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByText("The password is wrong.").waitFor();
    await audit("me-email");
    noted.length = 0;
    await page.getByLabel("Your password").fill(demoPassword);
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByText("dana@new.example waits to be confirmed").waitFor();
    await audit("me-email-pending");
    await page.goto(linkIn(await mailTo("dana@new.example", "Confirm your new email")));
    await page.getByRole("heading", { level: 1, name: "Use dana@new.example" }).waitFor();
    await audit("change-email");
    await page.getByRole("button", { name: "Use this email" }).click();
    await page.getByRole("heading", { level: 1, name: "Your email is changed" }).waitFor();
    await page.getByRole("link", { name: "Go on" }).click();
    await page.getByRole("heading", { level: 1, name: "My work" }).waitFor();
    await page.goto(`${product.url}/me/email`);
    await page.getByText("dana@new.example").first().waitFor();
    expect(noted).toEqual([]);
  });

  it("is stopped from the present address", async () => {
    await page.getByLabel("New email").fill("elsewhere@new.example");
    await page.getByLabel("Your password").fill(demoPassword);
    await page.getByRole("button", { name: "Send the link" }).click();
    await page.getByText("elsewhere@new.example waits to be confirmed").waitFor();
    await page.goto(linkIn(await mailTo("dana@new.example", "Your email is about to change")));
    await page.getByRole("heading", { level: 1, name: "Keep your email" }).waitFor();
    await audit("not-me");
    await page.getByRole("button", { name: "This was not me: stop it" }).click();
    await page.getByRole("heading", { level: 1, name: "The change is stopped" }).waitFor();
    await mailTo("dana@new.example", "Set a new password");
    await page.goto(`${product.url}/me/email`);
    await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    expect(noted).toEqual([]);
  });
});
