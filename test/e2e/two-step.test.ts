import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditAccessibility, untilSettled } from "../kit/audit-accessibility.ts";
import { signInThroughForm } from "../kit/browser-steps.ts";
import { launchBrowser } from "../kit/browser.ts";
import { demoPassword, startProduct, type Product } from "../kit/product.ts";
import { appCode, wrongCode } from "../sign-in/second-step.ts";

const person = "Nadia Okafor";
const size = { width: 1280, height: 900 };

let product: Product;
let browser: Browser;
let context: BrowserContext;
let page: Page;
/** Passkeys belong to a name, so everything happens at localhost. */
let origin: string;
let key = "";
let recoveryCodes: string[] = [];

beforeAll(async () => {
  product = await startProduct();
  origin = product.url.replace("127.0.0.1", "localhost");
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: size });
  context.setDefaultTimeout(20_000);
  page = await context.newPage();
});

afterAll(async () => {
  await browser?.close();
  await product?.stop();
});

/** Axe finds nothing in light and dark, and a phone need not scroll sideways. */
async function expectClean(what: string): Promise<void> {
  const findings = await auditAccessibility(page);
  expect(findings, `${what}:\n${findings.join("\n")}\n`).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  const overflow = await page.evaluate(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
  expect([what, overflow]).toEqual([what, 0]);
  await page.setViewportSize(size);
}

async function openSecurity(): Promise<void> {
  await page.goto(`${origin}/me/security`);
  await page.getByRole("heading", { level: 2, name: "Passkeys" }).waitFor();
  await untilSettled(page);
}

async function signOut(): Promise<void> {
  await page.getByRole("button", { name: /Account menu/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
}

/** The first step through the form. */
async function givePassword(): Promise<void> {
  await page.getByRole("listitem").filter({ hasText: person }).getByRole("button").click();
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
}

async function untilIn(): Promise<void> {
  await page.getByRole("heading", { level: 1, name: "My work" }).waitFor();
}

describe("two-step sign-in in the browser", () => {
  it("is set up from the person's menu with a first code of the app", async () => {
    await signInThroughForm(page, origin, person);
    await page.getByRole("button", { name: /Account menu/ }).click();
    await page.getByRole("menuitem", { name: "Security" }).click();
    await page.getByRole("heading", { level: 1, name: "Security" }).waitFor();
    await untilSettled(page);
    await expectClean("security, everything off");
    await page.getByRole("button", { name: "Set up two-step sign-in" }).click();
    await page.getByRole("img", { name: /QR code/ }).waitFor();
    const shown = await page.locator("code", { hasText: /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/ }).textContent();
    key = (shown ?? "").replaceAll(" ", "");
    await page.getByLabel("Code", { exact: true }).fill(wrongCode(key));
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByText(/This is not the code of the moment/).waitFor();
    await expectClean("set-up with a wrong code");
    await page.getByLabel("Code", { exact: true }).fill(appCode(key));
    await page.getByRole("button", { name: "Turn on" }).click();
    await page.getByText("Keep these codes now").waitFor();
  });

  it("shows ten recovery codes once, to copy and to download", async () => {
    recoveryCodes = await page
      .getByRole("list", { name: "Recovery codes" })
      .locator("code")
      .allTextContents();
    expect(new Set(recoveryCodes)).toHaveLength(10);
    await expectClean("recovery codes");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("rehome-recovery-codes.txt");
    await page.getByRole("button", { name: "I have kept them" }).click();
    await page.getByText("10 of 10").waitFor();
    await page.reload();
    await page.getByText("10 of 10").waitFor();
    expect(await page.content()).not.toContain(recoveryCodes[0]);
    await expectClean("security, two-step on");
  });

  it("asks for a code after the password, and takes a recovery code instead", async () => {
    await signOut();
    await givePassword();
    await page.getByRole("heading", { level: 1, name: "Enter your code" }).waitFor();
    expect(await page.locator(":focus").getAttribute("autocomplete")).toBe("one-time-code");
    await expectClean("second step");
    await page.getByLabel("Code", { exact: true }).fill(wrongCode(key));
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.getByText("The code is wrong or has run out. 4 tries are left.").waitFor();
    await page.getByRole("button", { name: "Use a recovery code instead" }).click();
    await page.getByLabel("Recovery code").fill(recoveryCodes[0] ?? "");
    await expectClean("second step with a recovery code");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await untilIn();
    await openSecurity();
    await page.getByText("9 of 10").waitFor();
  });

  it("does not ask a remembered browser, until it is forgotten", async () => {
    await signOut();
    await givePassword();
    await page.getByLabel("Code", { exact: true }).fill(appCode(key, 1));
    await page.getByLabel(/Do not ask for a code on this browser/).check();
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await untilIn();
    await signOut();
    await givePassword();
    await untilIn();
    await openSecurity();
    await page.getByText("This one").waitFor();
    await page.getByRole("button", { name: /^Forget Chrome/ }).click();
    await page.getByText("None: every sign-in asks for a code.").waitFor();
  });

  it("tells who comes to the second step without the first to start again", async () => {
    const stranger = await browser.newContext({ viewport: size });
    const shown = await stranger.newPage();
    await shown.goto(`${origin}/sign-in/two-step`);
    await shown.getByText("This sign-in has run out.").waitFor();
    await shown.getByRole("link", { name: "Back to sign-in" }).click();
    await shown.getByRole("heading", { level: 1, name: "Sign in" }).waitFor();
    await stranger.close();
  });
});

describe("passkeys in the browser", () => {
  let cdp: CDPSession;
  let authenticatorId: string;
  let sent: { response: unknown } | undefined;

  beforeAll(async () => {
    cdp = await context.newCDPSession(page);
    await cdp.send("WebAuthn.enable");
    ({ authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    }));
  });

  it("are added once the person has confirmed who they are", async () => {
    await openSecurity();
    // As if ten minutes had passed: the first request is told so, everything after it is real.
    let isFirst = true;
    await page.route("**/api/auth/security/passkeys/options", async (route) => {
      const isRefused = isFirst;
      isFirst = false;
      await (isRefused
        ? route.fulfill({ status: 403, json: { code: "CONFIRM_FIRST", message: "Confirm that it is you." } })
        : route.continue());
    });
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Desk computer");
    await page.getByRole("button", { name: "Continue" }).click();
    const dialog = page.getByRole("dialog", { name: "Confirm that it is you" });
    await dialog.getByLabel("Password", { exact: true }).fill(demoPassword);
    await dialog.getByLabel("Code").fill(recoveryCodes[1] ?? "");
    await expectClean("confirming");
    await dialog.getByRole("button", { name: "Confirm" }).click();
    await page.getByRole("cell", { name: /^Desk computer/ }).waitFor();
    await page.unroute("**/api/auth/security/passkeys/options");
    const { credentials } = await cdp.send("WebAuthn.getCredentials", { authenticatorId });
    expect(credentials).toMatchObject([{ rpId: "localhost", isResidentCredential: true }]);
    await expectClean("security with a passkey");
  });

  it("sign in without a password and without a code", async () => {
    await signOut();
    await page.getByRole("button", { name: "Sign in with a passkey" }).waitFor();
    page.on("request", (request) => {
      if (request.url().endsWith("/sign-in/passkey")) {
        sent = request.postDataJSON() as { response: unknown };
      }
    });
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await untilIn();
  });

  it("do not sign in twice with the same signature", async () => {
    expect(sent).toBeDefined();
    const replayed = await fetch(`${origin}/api/auth/sign-in/passkey`, {
      method: "POST",
      headers: { "content-type": "application/json", origin },
      body: JSON.stringify(sent),
    });
    expect([replayed.status, await replayed.json(), replayed.headers.getSetCookie()]).toMatchObject([
      400,
      { code: "PASSKEY_REFUSED" },
      [],
    ]);
  });

  it("do not sign in anybody whom the device has not verified", async () => {
    await signOut();
    await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: false });
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    // Some builds of Chromium let the request run out instead of refusing it at once.
    await page.getByText("No passkey was used").waitFor({ timeout: 90_000 });
    await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified: true });
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await untilIn();
  });

  it("are renamed and removed, and then sign nobody in", async () => {
    await openSecurity();
    await page.getByRole("button", { name: "Rename Desk computer" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Old desk");
    await page.getByRole("button", { name: "Rename", exact: true }).click();
    await page.getByRole("button", { name: "Remove Old desk" }).click();
    await expectClean("removing a passkey");
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await page.getByText("No passkeys yet").waitFor();
    await signOut();
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByText("This passkey was not accepted.").waitFor();
    await expectClean("sign-in after a refused passkey");
  });

  it("are told where they belong when the page is opened by its number", async () => {
    await page.goto(`${product.url}/sign-in`);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.getByText(`Passkeys belong to ${origin}`).waitFor();
  });
});

describe("changing the password in the browser", () => {
  it("says why a password is refused, at its field", async () => {
    await page.goto(`${origin}/sign-in`);
    await givePassword();
    await page.getByRole("button", { name: "Use a recovery code instead" }).click();
    await page.getByLabel("Recovery code").fill(recoveryCodes[2] ?? "");
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await untilIn();
    await openSecurity();
    await page.getByLabel("Current password").fill(demoPassword);
    await page.getByLabel("New password").fill("sunshine2026");
    await page.getByRole("button", { name: "Change the password" }).click();
    await page.getByText("This is among the passwords that attackers try first.").waitFor();
    await expectClean("a refused password");
    await page.getByLabel("New password").fill("a lantern over the harbour");
    await page.getByRole("button", { name: "Change the password" }).click();
    await page.getByText("Your password is changed").waitFor();
  });
});
