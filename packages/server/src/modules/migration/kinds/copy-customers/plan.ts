import type { StatementRunner } from "../../../../platform/database/statement.ts";
import { withoutNestedLoops } from "../../../../platform/database/without-nested-loops.ts";
import type { MigrationScope, Outcome, PlanOutcomeCount, PlanSummary } from "../../kind.ts";
import type { CopyCustomersOptions } from "./options.ts";
import { outcomeTable } from "./outcome-table.ts";
import { analyzeItemsStatement } from "./sql/analyze-items.ts";
import { clearItemsStatement } from "./sql/clear-items.ts";
import { clearSealedRowsStatement } from "./sql/clear-sealed-rows.ts";
import { countOutcomesStatement } from "./sql/count-outcomes.ts";
import { findGroupNameStatement } from "./sql/find-group-name.ts";
import { fingerprintItemsStatement } from "./sql/fingerprint-items.ts";
import { insertItemsStatement } from "./sql/insert-items.ts";

/** Replaces the migration's items by what a run would do now with every person and row in scope, and keeps their sealed text. Writes nothing else. */
export async function planCopy(
  em: StatementRunner,
  scope: MigrationScope<CopyCustomersOptions>,
): Promise<PlanSummary> {
  await clearItemsStatement.run(em, [scope.migrationId]);
  await clearSealedRowsStatement.run(em, [scope.migrationId]);
  await withoutNestedLoops(em, () =>
    insertItemsStatement.run(em, [
      scope.migrationId,
      scope.organizationId,
      scope.sourceSiteId,
      scope.destinationSiteId,
      scope.options.allCustomers,
      scope.options.projectKeys,
      JSON.stringify(outcomeTable),
      scope.options.peopleOf ?? null,
    ]),
  );
  await analyzeItemsStatement.run(em);
  const [digest] = await fingerprintItemsStatement.run(em, [scope.migrationId]);
  const counts = await countOutcomesStatement.run(em, [scope.migrationId]);
  const joinsGroup = sum(counts, (row) => row.nextStep === "REVIEW_GROUP");
  return {
    totalItems: sum(counts, () => true),
    fingerprint: digest?.fingerprint ?? "",
    create: sum(counts, (row) => row.effect === "CREATE"),
    link: sum(counts, (row) => row.effect === "LINK"),
    unchanged: sum(counts, (row) => row.effect === "UNCHANGED"),
    notCopied: sum(counts, (row) => row.effect === "NOT_COPIED"),
    successful: sumOutcome(counts, "SUCCESSFUL"),
    requiresAttention: sumOutcome(counts, "REQUIRES_ATTENTION"),
    failed: sumOutcome(counts, "FAILED"),
    joinsGroup,
    groupName: joinsGroup === 0 ? null : await findGroupName(em, scope),
    rows: counts,
  };
}

/** The name the imported group has or will get: "Imported customers from <source> (MR-42)", numbered if taken. */
export async function findGroupName(
  em: StatementRunner,
  scope: Pick<MigrationScope<unknown>, "migrationId" | "sourceSiteId" | "destinationSiteId" | "number">,
): Promise<string> {
  const [row] = await findGroupNameStatement.run(em, [
    scope.migrationId,
    scope.sourceSiteId,
    scope.destinationSiteId,
    scope.number,
  ]);
  if (row === undefined) {
    throw new Error(`No name for the imported group of migration ${scope.migrationId}`);
  }
  return row.name;
}

function sum(rows: readonly PlanOutcomeCount[], counts: (row: PlanOutcomeCount) => boolean): number {
  return rows.reduce((total, row) => total + (counts(row) ? row.count : 0), 0);
}

function sumOutcome(rows: readonly PlanOutcomeCount[], outcome: Outcome): number {
  return sum(rows, (row) => row.outcome === outcome);
}
