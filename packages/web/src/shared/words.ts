import type {
  AccessChange,
  AccountType,
  Brake,
  DestinationState,
  ItemEffect,
  MigrationState,
  Outcome,
  PersonKind,
  Problem,
  ProofCause,
} from "@rehome/schema";
import type { Tone } from "../ui/tone.ts";

/** Account types as the reports write them. */
export const accountTypeWords: Record<AccountType, string> = {
  NONE: "None",
  PORTAL_ONLY: "Portal-only",
  ATLASSIAN_ACCOUNT: "Atlassian account",
  BOTH: "Portal-only and Atlassian account",
};

/** What an address stands for. */
export const personKindWords: Record<PersonKind, string> = {
  PERSON: "Person",
  DISTRIBUTION_LIST: "Distribution list",
  BOT: "Bot",
};

/** What the destination site has for an email. */
export const destinationStateWords: Record<DestinationState, string> = {
  NOTHING: "Nothing",
  PORTAL_ONLY: "Portal-only",
  ACCOUNT_WITH_ROLE: "Account with Customer role",
  ACCOUNT_WITHOUT_ROLE: "Account without Customer role",
  BOTH: "Portal-only and account",
  INACTIVE: "Deactivated or revoked",
  MANAGED_ELSEWHERE: "Managed by another organization",
};

/** What the run does with a person. */
export const effectWords: Record<ItemEffect, string> = {
  CREATE: "Created",
  LINK: "Linked",
  UNCHANGED: "Unchanged",
  NOT_COPIED: "Not copied",
};

/** The outcome with the tone it is always shown in. */
export const outcomeWords: Record<Outcome, { label: string; tone: Tone }> = {
  SUCCESSFUL: { label: "Successful", tone: "good" },
  REQUIRES_ATTENTION: { label: "Requires attention", tone: "warn" },
  FAILED: { label: "Failed", tone: "bad" },
};

/** What happened to somebody's access, with the tone it is always shown in. */
export const accessChangeWords: Record<AccessChange, { label: string; tone: Tone }> = {
  GAINED: { label: "Gained", tone: "good" },
  LOST: { label: "Lost", tone: "warn" },
};

/** Short names for filters; the server's full words are shown with each change. */
export const proofCauseWords: Record<ProofCause, string> = {
  CREATED: "Created as portal-only",
  ADDED: "Account added to the site",
  CARRIED_TO_PORTAL_ONLY: "List carried to portal-only",
  CARRIED_TO_ACCOUNT: "List carried to account",
  DUPLICATE: "Duplicate accounts",
  APPROVED: "Customer role approved",
  UPGRADED: "Upgraded",
  ACCOUNT_CLOSED: "Account closed",
  OTHER_MIGRATION: "Another migration",
};

/** Short names for filters; the server's full problem text is shown with each row. */
export const problemWords: Record<Problem, string> = {
  ACCOUNT_WITHOUT_CUSTOMER_ROLE: "Account without Customer role",
  DUPLICATE_ACCOUNTS_ON_DESTINATION: "Duplicate accounts on destination",
  INACTIVE_ON_DESTINATION: "Inactive on destination",
  INACTIVE_ON_SOURCE: "Inactive on source",
  MANAGED_BY_ANOTHER_ORGANIZATION: "Managed by another organization",
  UNSUPPORTED_ADDRESS: "Unsupported address",
  DISTRIBUTION_LIST: "Distribution list",
  BOT: "Bot",
  INVALID_EMAIL: "Invalid email",
  DUPLICATE_ROW: "Duplicate row",
  BAD_ROW: "Bad row",
  CUSTOMER_ROLE_DECLINED: "Customer role declined",
  COULD_NOT_BE_WRITTEN: "Could not be written",
};

/** A migration's state as a word and a tone. */
export const migrationStateWords: Record<MigrationState, { label: string; tone: Tone }> = {
  DRAFT: { label: "Draft", tone: "neutral" },
  CHECKING: { label: "Planning", tone: "info" },
  PLANNED: { label: "Waiting for approval", tone: "warn" },
  APPROVED: { label: "Approved", tone: "info" },
  RUNNING: { label: "Running", tone: "info" },
  PAUSED: { label: "Paused", tone: "warn" },
  AWAITING_USERS: { label: "Waiting for people", tone: "info" },
  VERIFYING: { label: "Proving access", tone: "info" },
  COMPLETED: { label: "Complete", tone: "good" },
  COMPLETED_WITH_ATTENTION: { label: "Complete, needs attention", tone: "warn" },
  FAILED: { label: "Failed", tone: "bad" },
  CANCELLED: { label: "Stopped", tone: "neutral" },
  UNDOING: { label: "Undoing", tone: "info" },
  UNDONE: { label: "Undone", tone: "neutral" },
};

/** Turns a word table into the options of a filter. */
export function filterOptions<Value extends string>(
  words: Record<Value, string | { label: string }>,
): { value: Value; label: string }[] {
  return (Object.entries(words) as [Value, string | { label: string }][]).map(([value, word]) => ({
    value,
    label: typeof word === "string" ? word : word.label,
  }));
}

/** What a brake counts: its name, and what that means wherever it is set. */
export const brakeWords: Record<Brake, { label: string; meaning: string }> = {
  LOSSES: { label: "Losses", meaning: "People who lose access they had on the destination" },
  MERGES: { label: "Merges", meaning: "People whose account becomes one with another on the destination" },
  NEW_SEATS: { label: "New seats", meaning: "Accounts that come to the destination for the first time" },
  FAILURES: { label: "Failures", meaning: "People who could not be written or changed since the plan" },
  DUPLICATES: { label: "Duplicates", meaning: "People with both account types on the destination" },
};
