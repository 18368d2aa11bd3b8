/** How each problem is said. Every text names its cause; the one about duplicate accounts is printed exactly so. */
const problemTexts: Record<string, string> = {
  ACCOUNT_WITHOUT_CUSTOMER_ROLE: "Account on destination has no Customer role",
  DUPLICATE_ACCOUNTS_ON_DESTINATION: "Found duplicate accounts on destination",
  INACTIVE_ON_DESTINATION: "Account on destination is inactive",
  INACTIVE_ON_SOURCE: "Account on source is inactive",
  MANAGED_BY_ANOTHER_ORGANIZATION: "Account on destination is managed by another organization",
  UNSUPPORTED_ADDRESS: "Address can be neither copied nor matched",
  DISTRIBUTION_LIST: "Address is a distribution list",
  BOT: "Address belongs to a bot",
  INVALID_EMAIL: "Invalid email",
  DUPLICATE_ROW: "Duplicate row",
  BAD_ROW: "Bad row",
  CUSTOMER_ROLE_DECLINED: "Customer role was declined",
  COULD_NOT_BE_WRITTEN: "Could not be copied",
};

const nextStepTexts: Record<string, string> = {
  REVIEW_GROUP: "Review group to assign Customer role",
  UPGRADE: "Upgrade portal-only account to Atlassian account",
  UPGRADE_THEN_COPY_AGAIN: "Upgrade portal-only account to Atlassian account, then copy again",
  REACTIVATE_THEN_COPY_AGAIN: "Reactivate the account, then copy again",
  ASK_MANAGING_ORGANIZATION: "Ask the organization that manages the account, then copy again",
  CHANGE_ADDRESS: "Change the address to one person's own, then copy again",
  CORRECT_ROW: "Correct the row and upload it again, then copy again",
  ASK_SITE_ADMIN: "Ask a site admin of the destination to assign Customer role",
  COPY_AGAIN: "Plan again",
};

const accountTypeTexts: Record<string, string> = {
  NONE: "None",
  PORTAL_ONLY: "Portal-only",
  ATLASSIAN_ACCOUNT: "Atlassian account",
  BOTH: "Portal-only and Atlassian account",
};

/** A problem as reports and pages say it. `detail` is the cause in this row's own case and follows after a colon. */
export function problemText(problem: string, detail: string | null): string {
  const text = lookUp(problemTexts, problem);
  return detail === null || detail === "" ? text : `${text}: ${detail}`;
}

/** A next step as reports and pages say it; the review step names the imported group once there is one. */
export function nextStepText(nextStep: string, groupName: string | null): string {
  const text = lookUp(nextStepTexts, nextStep);
  return nextStep === "REVIEW_GROUP" && groupName !== null ? `${text}: ${groupName}` : text;
}

/** An account type in words: None, Portal-only, Atlassian account, Portal-only and Atlassian account. */
export function accountTypeText(type: string): string {
  return lookUp(accountTypeTexts, type);
}

/** Every text by its code, as problemText, nextStepText and accountTypeText say it of a row without a cause of its own. */
export function allTexts(
  groupName: string | null,
): Record<"problems" | "nextSteps" | "accountTypes", TextsByCode> {
  const codes = Object.keys(nextStepTexts);
  return {
    problems: problemTexts,
    nextSteps: Object.fromEntries(codes.map((code) => [code, nextStepText(code, groupName)])),
    accountTypes: accountTypeTexts,
  };
}

type TextsByCode = Readonly<Record<string, string>>;

function lookUp(texts: Record<string, string>, code: string): string {
  const text = texts[code];
  if (text === undefined) {
    throw new Error(`There is no text for ${code}`);
  }
  return text;
}
