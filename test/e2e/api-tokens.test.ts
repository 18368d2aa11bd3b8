import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility } from "../kit/audit-accessibility.ts";
import { openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { demoEmails, startProduct, type Product } from "../kit/product.ts";
import { TokenClient } from "../kit/token-client.ts";
import { watchBrowser } from "../kit/watch-browser.ts";

let product: Product;
let browser: Browser;
let page: Page;
let noted: string[];

beforeAll(async () => {
  product = await startProduct();
  browser = await launchBrowser();
  const context = await openSignedIn(browser, await product.signIn(demoEmails.organizationAdmin));
  page = await context.newPage();
  noted = watchBrowser(context, product.url);
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe("API tokens in the browser", () => {
  let secret: string;
  const ask = () => new TokenClient(product.url, secret).ask("query { viewer { account { email } } }");

  it("are made from the person's menu, and the secret is there once", async () => {
    await page.goto(product.url);
    await page.getByRole("button", { name: /Account menu/ }).click();
    await page.getByRole("menuitem", { name: "API tokens" }).click();
    await page.getByRole("heading", { level: 1, name: "API tokens" }).waitFor();
    await page.getByRole("button", { name: "New token" }).first().click();
    await page.getByRole("button", { name: "Make the token" }).click();
    await page.getByText("Say what the token is for.").waitFor();
    expect(await auditAccessibility(page)).toEqual([]);
    await page.getByRole("textbox", { name: "Name" }).fill("nightly import");
    await page.getByRole("radio", { name: "Read and migrate" }).click();
    await page.getByRole("button", { name: "Make the token" }).click();
    await page.getByText("nightly import is made").waitFor();
    secret = (await page.locator("code", { hasText: /^rhm_.{43}$/ }).textContent()) ?? "";
    expect(await ask()).toMatchObject({
      data: { viewer: { account: { email: demoEmails.organizationAdmin } } },
    });
    expect(await auditAccessibility(page)).toEqual([]);
    await page.reload();
    await page.getByRole("button", { name: "Revoke nightly import" }).waitFor();
    expect(await page.content()).not.toContain(secret);
  });

  it("are revoked after a question, and no longer let anybody in", async () => {
    await page.getByRole("button", { name: "Revoke nightly import" }).click();
    await page.getByRole("dialog", { name: "Revoke nightly import?" }).waitFor();
    expect(await auditAccessibility(page)).toEqual([]);
    await page.getByRole("button", { name: "Revoke", exact: true }).click();
    await page.getByRole("cell", { name: "Revoked" }).waitFor();
    expect(await ask()).toMatchObject({ errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    expect(noted).toEqual([]);
  });
});
