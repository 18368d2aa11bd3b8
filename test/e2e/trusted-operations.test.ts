import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility, untilSettled } from "../kit/audit-accessibility.ts";
import { openSignedIn } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { withClient } from "../kit/database.ts";
import { demoEmails, startProduct, type Product } from "../kit/product.ts";
import { until } from "../kit/world.ts";

// The built product with REHOME_TRUSTED_OPERATIONS=only: the list of the build is what its pages really send.

let product: Product;
let browser: Browser;
let page: Page;
const refusals: string[] = [];

beforeAll(async () => {
  product = await startProduct({ REHOME_TRUSTED_OPERATIONS: "only" });
  browser = await launchBrowser();
  const context = await openSignedIn(browser, await product.signIn(demoEmails.organizationAdmin));
  page = await context.newPage();
  page.on("response", (response) => {
    if (response.url().endsWith("/graphql")) {
      void response.text().then(
        (text) => {
          if (text.includes("only what the web application asks")) {
            refusals.push(`${page.url()}: ${response.request().postData()?.slice(0, 200)}`);
          }
        },
        () => undefined,
      );
    }
  });
  page.on("websocket", (socket) => {
    socket.on("framereceived", ({ payload }) => {
      if (String(payload).includes("only what the web application asks")) {
        refusals.push(`${page.url()}: ${String(payload).slice(0, 200)}`);
      }
    });
  });
});
afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

describe("with only the web application's operations", () => {
  it.each([
    "/",
    "/migrations",
    "/migrations/new",
    "/groups/review",
    "/accounts",
    "/organization",
    "/organization/people",
    "/organization/service-accounts",
    "/audit",
    "/api-tokens",
    "/me/security",
  ])("%s works", async (path) => {
    await page.goto(`${product.url}${path}`);
    await untilSettled(page);
    expect(await page.getByText(/could not be loaded/i).count()).toBe(0);
    expect(refusals).toEqual([]);
  });

  it("the API explorer answers an admin's own operations and shows the schema", async () => {
    await page.goto(`${product.url}/api`);
    await page.locator(".graphiql-query-editor").getByText("viewer").first().waitFor();
    // The editor takes a moment until it knows the operation that it shows.
    await until(async () => {
      await page.getByRole("button", { name: /execute/i }).click();
      await page.waitForTimeout(1_000);
      const shown = await page.locator(".graphiql-response").textContent();
      return shown?.includes("viewer") === true;
    });
    expect(refusals).toEqual([]);
  });

  it("a script on the page that writes its own is refused", async () => {
    const answer = await page.evaluate(async () => {
      const response = await fetch("/graphql", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify({ query: "{ viewer { account { email } } }" }),
      });
      return response.text();
    });
    expect(answer).toContain("only what the web application asks");
    await page.waitForTimeout(200);
    refusals.length = 0;
  });
});

describe("the audit page", () => {
  it("shows a new entry as it comes, narrows by day, and downloads what it shows", async () => {
    await page.goto(`${product.url}/audit`);
    await untilSettled(page);
    await withClient(product.connectionString(), (client) =>
      client.query(
        `insert into audit_entry (organization_id, action, subject_type, summary)
         select organization_id, 'test.change', 'test', 'Seen without a reload' from audit_entry order by at limit 1`,
      ),
    );
    await page.getByText("Seen without a reload").waitFor({ timeout: 10_000 });
    await page.getByLabel("To day").fill("2020-01-01");
    await page
      .getByText(/No entries/i)
      .first()
      .waitFor();
    expect(new URL(page.url()).searchParams.get("to")).toContain("2020-01-01");
    await page.getByRole("button", { name: "Clear filters" }).first().click();
    await page.getByText("Seen without a reload").waitFor();
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: /JSON Lines with their hashes/ }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("audit-log.jsonl");
    expect(refusals).toEqual([]);
  });

  it("has nothing that axe finds, narrow screens included", async () => {
    expect(await auditAccessibility(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await untilSettled(page);
    const width = await page.evaluate<number>("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(390);
  });
});
