import { migrationName, type MigrationRecord } from "./migration-record.ts";
import { nextStepText as sayNextStep, problemText as sayProblem } from "./outcome-texts.ts";
import type { MigrationItemType } from "./migration-item.types.ts";
import type { MigrationEventObject } from "./migration-progress.types.ts";
import type { MigrationType } from "./migration.types.ts";
import type { EventRow } from "./sql/list-events.ts";
import type { ItemRow } from "./sql/list-items.ts";
import { sayNumber } from "./engine/say-number.ts";

/** The GraphQL object of a stored migration. */
export function toMigrationType(record: MigrationRecord): MigrationType {
  const { allCustomers, projectKeys } = record.options as { allCustomers?: boolean; projectKeys?: string[] };
  return {
    record,
    id: record.id,
    number: record.number,
    name: migrationName(record.number),
    kind: record.kind,
    state: record.state,
    allCustomers: allCustomers ?? true,
    projectKeys: projectKeys ?? [],
    createdAt: record.createdAt,
    plannedAt: record.plannedAt,
    approvedAt: record.approvedAt,
    startedAt: record.startedAt,
    finishedAt: record.finishedAt,
    lastResult: lastResult(record),
    undoneCount: record.undoneCount,
    undoSetAsideCount: record.undoSetAsideCount,
    failure: record.failure,
  };
}

function lastResult(record: MigrationRecord): string | null {
  switch (record.state) {
    case "COMPLETED":
      return withProof("Migration complete!", record);
    case "COMPLETED_WITH_ATTENTION":
      return withProof(
        `Migration complete! ${sayNumber(record.openAttentionCount)} require attention`,
        record,
      );
    case "FAILED":
      return "Stopped by an error";
    case "CANCELLED":
      return record.appliedOrdinal === 0
        ? "Cancelled before anything changed"
        : `Stopped after ${sayNumber(record.appliedOrdinal)} rows`;
    case "UNDONE":
      return `Undone: ${sayNumber(record.undoneCount)} put back, ${sayNumber(record.undoSetAsideCount)} set aside`;
    default:
      return null;
  }
}

function withProof(result: string, { proof }: MigrationRecord): string {
  const unexplained = proof?.unexplained ?? 0;
  return unexplained === 0
    ? result
    : `${result}${result.endsWith("!") ? "" : "."} Access proof failed: ${sayNumber(unexplained)} unexplained`;
}

/** The GraphQL object of a stored item; `groupName` is the run's imported group, made or planned. */
export function toItemType(row: ItemRow, groupName: string | null): MigrationItemType {
  const nextStepText = row.nextStep === null ? null : sayNextStep(row.nextStep, groupName);
  return {
    row,
    id: row.id,
    ordinal: row.ordinal,
    email: row.email ?? row.rawEmail,
    name: row.name,
    sourceType: row.sourceType ?? "NONE",
    destinationState: row.destinationState,
    destinationType: row.destinationType,
    existsOnDestination: row.destinationType !== "NONE",
    typeAfter: row.typeAfter,
    effect: row.effect,
    joinsGroup: row.joinsGroup,
    plannedOutcome: row.plannedOutcome,
    outcome: row.outcome,
    problem: row.problem,
    problemText: row.problem === null ? null : sayProblem(row.problem, row.detail),
    nextStep: row.nextStep,
    nextStepText,
    recommendedAction:
      nextStepText ?? (row.plannedOutcome === "FAILED" ? "Correct it at the source" : "None"),
    detail: row.detail,
    warning: row.warning,
    rowNumber: row.rowNumber,
    resolution: row.resolution,
    resolvedAt: row.resolvedAt === null ? null : new Date(row.resolvedAt),
    undoneAt: row.undoneAt === null ? null : new Date(row.undoneAt),
  };
}

/** The GraphQL object of a logged event. */
export function toEventType(row: EventRow): MigrationEventObject {
  return { ...row, at: new Date(row.at) };
}
