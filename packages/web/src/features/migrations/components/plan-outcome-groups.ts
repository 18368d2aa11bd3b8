import type { AccountType, DestinationState, ItemEffect, Outcome, Problem } from "@rehome/schema";

/** A row of the outcome table; null means that it stands for every value. */
export interface OutcomeGroup {
  sourceType: AccountType;
  destinationState: DestinationState | null;
  typeAfter: AccountType | null;
  effect: ItemEffect;
  outcome: Outcome;
  problem?: Problem | null;
  problemText?: string | null;
  nextStepText?: string | null;
  count: number;
}

/**
 * Rows that are not copied become one row per problem: what the destination has makes no difference to them, and
 * a row each would bury the ones that matter. Largest first, those that are not copied last.
 */
export function groupOutcomes(
  rows: readonly (OutcomeGroup & { destinationState: DestinationState; typeAfter: AccountType })[],
): OutcomeGroup[] {
  const copied: OutcomeGroup[] = rows.filter((row) => row.effect !== "NOT_COPIED");
  const notCopied = new Map<string, OutcomeGroup>();
  for (const row of rows) {
    if (row.effect === "NOT_COPIED") {
      const key = [row.sourceType, row.outcome, row.problem].join(":");
      const group = notCopied.get(key);
      notCopied.set(key, {
        ...row,
        destinationState: null,
        typeAfter: null,
        nextStepText: row.nextStepText ?? group?.nextStepText,
        count: row.count + (group?.count ?? 0),
      });
    }
  }
  const bySize = (one: OutcomeGroup, other: OutcomeGroup): number => other.count - one.count;
  return [...copied.toSorted(bySize), ...[...notCopied.values()].toSorted(bySize)];
}
