import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { outcomeTable } from "../../../packages/server/src/modules/migration/kinds/copy-customers/outcome-table.ts";
import {
  accountTypeText,
  nextStepText,
  problemText,
} from "../../../packages/server/src/modules/migration/outcome-texts.ts";

const schema = readFileSync(
  path.resolve(import.meta.dirname, "../../../packages/schema/schema.graphql"),
  "utf8",
);

/** The values of an enum of the API, descriptions left out. */
function enumValues(name: string): string[] {
  const [, body = ""] = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(schema) ?? [];
  return body.replaceAll(/"""[\s\S]*?"""|"[^"\n]*"/g, "").match(/\b[A-Z][A-Z_]+\b/g) ?? [];
}

test("every code of the API and of the outcome table has a text", () => {
  const problems = enumValues("Problem");
  const nextSteps = enumValues("NextStep");
  expect(problems.length).toBeGreaterThan(10);
  expect(nextSteps.length).toBeGreaterThan(5);
  for (const code of problems) {
    expect(problemText(code, null)).not.toBe("");
  }
  for (const code of nextSteps) {
    expect(nextStepText(code, null)).not.toBe("");
  }
  for (const row of outcomeTable) {
    expect(row.problem === null || problems.includes(row.problem)).toBe(true);
    expect(row.nextStep === null || nextSteps.includes(row.nextStep)).toBe(true);
  }
});

test("the printed texts are exactly these", () => {
  expect(problemText("DUPLICATE_ACCOUNTS_ON_DESTINATION", null)).toBe(
    "Found duplicate accounts on destination",
  );
  expect(nextStepText("REVIEW_GROUP", "Imported customers from A (MR-1)")).toBe(
    "Review group to assign Customer role: Imported customers from A (MR-1)",
  );
  expect(nextStepText("REVIEW_GROUP", null)).toBe("Review group to assign Customer role");
  expect(nextStepText("UPGRADE", "G")).toBe("Upgrade portal-only account to Atlassian account");
  expect(nextStepText("UPGRADE_THEN_COPY_AGAIN", "G")).toBe(
    "Upgrade portal-only account to Atlassian account, then copy again",
  );
  expect(nextStepText("REACTIVATE_THEN_COPY_AGAIN", null)).toBe("Reactivate the account, then copy again");
  expect(nextStepText("ASK_MANAGING_ORGANIZATION", null)).toBe(
    "Ask the organization that manages the account, then copy again",
  );
  expect(["NONE", "PORTAL_ONLY", "ATLASSIAN_ACCOUNT", "BOTH"].map(accountTypeText)).toEqual([
    "None",
    "Portal-only",
    "Atlassian account",
    "Portal-only and Atlassian account",
  ]);
});

test("a detail follows its problem, and an unknown code is a fault", () => {
  expect(problemText("INVALID_EMAIL", "The email has no @.")).toBe("Invalid email: The email has no @.");
  expect(problemText("INVALID_EMAIL", "")).toBe("Invalid email");
  expect(() => problemText("NO_SUCH_PROBLEM", null)).toThrow("NO_SUCH_PROBLEM");
  expect(() => nextStepText("NO_SUCH_STEP", null)).toThrow("NO_SUCH_STEP");
  expect(() => accountTypeText("NO_SUCH_TYPE")).toThrow("NO_SUCH_TYPE");
});
