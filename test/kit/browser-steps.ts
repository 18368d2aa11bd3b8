import path from "node:path";
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from "playwright-core";
import type { ApiClient } from "./api-client.ts";

const samples = path.resolve(import.meta.dirname, "../../docs/samples");

/** A browser context that holds the session of somebody signed in already. */
export async function openSignedIn(
  browser: Browser,
  client: ApiClient,
  options: BrowserContextOptions = {},
): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(20_000);
  const cookies = client.cookie.split("; ").map((pair) => {
    const at = pair.indexOf("=");
    return { name: pair.slice(0, at), value: pair.slice(at + 1), url: client.url };
  });
  await context.addCookies(cookies);
  return context;
}

/** Signs in as a demo person: one click fills the form, another sends it. */
export async function signInThroughForm(page: Page, origin: string, personName: string): Promise<void> {
  await page.goto(`${origin}/sign-in`);
  await page.getByRole("listitem").filter({ hasText: personName }).getByRole("button").click();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await page.getByRole("heading", { level: 1, name: "My work" }).waitFor();
}

/** Opens a page of the left navigation by its label. */
export async function openFromNavigation(page: Page, label: string): Promise<void> {
  await page.getByRole("navigation", { name: "Main" }).getByRole("link", { name: label }).click();
}

/** Makes a site of the organization; its page is open afterwards. */
export async function makeSite(page: Page, name: string, urlName: string): Promise<void> {
  await openFromNavigation(page, "Organization");
  await page.getByRole("button", { name: "New site" }).click();
  const dialog = page.getByRole("dialog", { name: "New site" });
  await dialog.getByLabel("Name", { exact: false }).first().fill(name);
  await dialog.getByLabel("Name in the URL").fill(urlName);
  await dialog.getByRole("button", { name: "Make the site" }).click();
  await page.getByRole("heading", { level: 1, name }).waitFor();
}

/** The number under a label of an upload's preview. */
export function previewCount(page: Page, label: string): Locator {
  return page
    .locator("dl > div")
    .filter({ has: page.locator("dt").getByText(label, { exact: true }) })
    .locator("dd");
}

/** Chooses one of the sample files on the page of a site and waits for its preview. */
export async function uploadSample(page: Page, siteName: string, fileName: string): Promise<void> {
  await page.getByLabel(`Upload a CSV file for ${siteName}`).setInputFiles(path.join(samples, fileName));
  await page.getByRole("button", { name: /^Apply / }).waitFor();
}

/** Applies the file whose preview is open, and clears the place for the next one. */
export async function applyUpload(page: Page, siteName: string): Promise<void> {
  await page.getByRole("button", { name: /^Apply / }).click();
  await page.getByText(new RegExp(`applied to ${siteName}`)).waitFor();
  await page.getByRole("button", { name: "Upload another file" }).click();
}

/** The guided start, all customers of one site to another; the plan is open afterwards. */
export async function planThroughGuide(page: Page, from: string, to: string): Promise<void> {
  await openFromNavigation(page, "Migrations");
  await page.getByRole("link", { name: "New migration" }).first().click();
  await page
    .getByRole("group", { name: "Source site" })
    .getByRole("radio", { name: new RegExp(from) })
    .check();
  await page
    .getByRole("group", { name: "Destination site" })
    .getByRole("radio", { name: new RegExp(to) })
    .check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("heading", { name: `Source: ${from}` }).waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("radio", { name: /^All customers/ }).waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "Create and plan" }).click();
  await page.getByRole("heading", { name: "Outcomes" }).waitFor();
}

/** Approves the open plan by typing the destination's name. */
export async function approvePlan(page: Page, siteName: string): Promise<void> {
  await page.getByLabel(/Type the destination’s name/).fill(siteName);
  await page.getByRole("button", { name: "Approve plan" }).click();
  await page.getByText("Approved and sealed").waitFor();
}

/** Follows a report's download link; the zip. */
export async function downloadThroughLink(page: Page): Promise<string> {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download report" }).first().click(),
  ]);
  return download.path();
}
