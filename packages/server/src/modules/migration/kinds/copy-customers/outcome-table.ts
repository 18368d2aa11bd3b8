import type { Outcome } from "../../kind.ts";

/** What the source says about a row before the destination is looked at, or what both sides make together. */
export type OutcomeCase =
  | "BAD"
  | "INVALID_EMAIL"
  | "UNSUPPORTED_EMAIL"
  | "DUPLICATE"
  | "DISTRIBUTION_LIST"
  | "BOT"
  | "SOURCE_HAS_BOTH"
  | "SOURCE_INACTIVE"
  | "MANAGED_ELSEWHERE"
  | "INACTIVE"
  | `${"PORTAL_ONLY" | "ATLASSIAN_ACCOUNT"}/${"NOTHING" | "PORTAL_ONLY" | "ACCOUNT_WITH_ROLE" | "ACCOUNT_WITHOUT_ROLE" | "BOTH"}`;

/** One row of the outcome table: the case and everything that follows from it. */
export interface OutcomeRow {
  case: OutcomeCase;
  effect: "CREATE" | "LINK" | "UNCHANGED" | "NOT_COPIED";
  /** Null: whatever the destination has already. */
  typeAfter: "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT" | "BOTH" | null;
  joinsGroup: boolean;
  outcome: Outcome;
  problem: string | null;
  nextStep: string | null;
}

/**
 * The complete outcome table of a copy of customers, the only place that decides it: planning joins it as a
 * table, so no case can be left out (a case without a row is a planning error, not a person without an outcome).
 */
export const outcomeTable: readonly OutcomeRow[] = [
  // Rows that are nobody.
  notCopied("BAD", "FAILED", "BAD_ROW", "CORRECT_ROW"),
  notCopied("INVALID_EMAIL", "FAILED", "INVALID_EMAIL", "CORRECT_ROW"),
  notCopied("UNSUPPORTED_EMAIL", "REQUIRES_ATTENTION", "UNSUPPORTED_ADDRESS", "CHANGE_ADDRESS"),
  notCopied("DUPLICATE", "FAILED", "DUPLICATE_ROW", "CORRECT_ROW"),
  notCopied("DISTRIBUTION_LIST", "FAILED", "DISTRIBUTION_LIST", "CHANGE_ADDRESS"),
  notCopied("BOT", "FAILED", "BOT", "CHANGE_ADDRESS"),
  // The person's account row is copied, so nothing is left to do for this one.
  notCopied("SOURCE_HAS_BOTH", "FAILED", "DUPLICATE_ROW", null),
  notCopied("SOURCE_INACTIVE", "REQUIRES_ATTENTION", "INACTIVE_ON_SOURCE", "REACTIVATE_THEN_COPY_AGAIN"),
  // People the destination keeps as they are.
  unchanged("MANAGED_ELSEWHERE", null, "MANAGED_BY_ANOTHER_ORGANIZATION", "ASK_MANAGING_ORGANIZATION"),
  unchanged("INACTIVE", null, "INACTIVE_ON_DESTINATION", "REACTIVATE_THEN_COPY_AGAIN"),
  unchanged("PORTAL_ONLY/BOTH", "BOTH", "DUPLICATE_ACCOUNTS_ON_DESTINATION", "UPGRADE_THEN_COPY_AGAIN"),
  unchanged("ATLASSIAN_ACCOUNT/BOTH", "BOTH", "DUPLICATE_ACCOUNTS_ON_DESTINATION", "UPGRADE_THEN_COPY_AGAIN"),
  // People who are copied and done.
  copied("PORTAL_ONLY/NOTHING", "CREATE", "PORTAL_ONLY"),
  copied("PORTAL_ONLY/PORTAL_ONLY", "LINK", "PORTAL_ONLY"),
  copied("PORTAL_ONLY/ACCOUNT_WITH_ROLE", "LINK", "ATLASSIAN_ACCOUNT"),
  copied("ATLASSIAN_ACCOUNT/ACCOUNT_WITH_ROLE", "LINK", "ATLASSIAN_ACCOUNT"),
  // People who are copied and wait for a decision.
  copiedIntoGroup("PORTAL_ONLY/ACCOUNT_WITHOUT_ROLE"),
  copiedIntoGroup("ATLASSIAN_ACCOUNT/NOTHING"),
  copiedIntoGroup("ATLASSIAN_ACCOUNT/ACCOUNT_WITHOUT_ROLE"),
  {
    case: "ATLASSIAN_ACCOUNT/PORTAL_ONLY",
    effect: "LINK",
    typeAfter: "BOTH",
    joinsGroup: false,
    outcome: "REQUIRES_ATTENTION",
    problem: "DUPLICATE_ACCOUNTS_ON_DESTINATION",
    nextStep: "UPGRADE",
  },
];

function notCopied(
  outcomeCase: OutcomeCase,
  outcome: Outcome,
  problem: string,
  nextStep: string | null,
): OutcomeRow {
  return {
    case: outcomeCase,
    effect: "NOT_COPIED",
    typeAfter: null,
    joinsGroup: false,
    outcome,
    problem,
    nextStep,
  };
}

function unchanged(
  outcomeCase: OutcomeCase,
  typeAfter: OutcomeRow["typeAfter"],
  problem: string,
  nextStep: string,
): OutcomeRow {
  return {
    case: outcomeCase,
    effect: "UNCHANGED",
    typeAfter,
    joinsGroup: false,
    outcome: "REQUIRES_ATTENTION",
    problem,
    nextStep,
  };
}

function copied(
  outcomeCase: OutcomeCase,
  effect: "CREATE" | "LINK",
  typeAfter: OutcomeRow["typeAfter"],
): OutcomeRow {
  return {
    case: outcomeCase,
    effect,
    typeAfter,
    joinsGroup: false,
    outcome: "SUCCESSFUL",
    problem: null,
    nextStep: null,
  };
}

function copiedIntoGroup(outcomeCase: OutcomeCase): OutcomeRow {
  return {
    case: outcomeCase,
    effect: "LINK",
    typeAfter: "ATLASSIAN_ACCOUNT",
    joinsGroup: true,
    outcome: "REQUIRES_ATTENTION",
    problem: "ACCOUNT_WITHOUT_CUSTOMER_ROLE",
    nextStep: "REVIEW_GROUP",
  };
}
