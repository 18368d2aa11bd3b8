import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

const standards = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
const schemes = ["light", "dark"] as const;

/** Waits until a page shows its data: its heading is there, nothing is being fetched, no placeholder is left. */
export async function untilSettled(page: Page): Promise<void> {
  await page.getByRole("heading", { level: 1 }).first().waitFor();
  await page.waitForLoadState("networkidle");
  await page.locator('[aria-busy="true"], [data-due]').first().waitFor({ state: "detached" });
}

/** What axe finds on the open page in light and in dark, one line per element. */
export async function auditAccessibility(page: Page): Promise<string[]> {
  const findings: string[] = [];
  for (const scheme of schemes) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    await page.locator(`html[data-mantine-color-scheme="${scheme}"]`).waitFor();
    const { violations } = await new AxeBuilder({ page }).withTags(standards).analyze();
    for (const violation of violations) {
      for (const node of violation.nodes) {
        const why = [...node.any, ...node.all, ...node.none].map((check) => check.message).join("; ");
        findings.push(
          `${scheme} ${violation.id}: ${node.target.join(" ")} ${node.html.slice(0, 160)} ${why}`,
        );
      }
    }
  }
  return findings;
}
