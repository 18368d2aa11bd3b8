import type { StatementRunner } from "../../platform/database/statement.ts";
import type { MigrationBrake } from "./brakes/brake.types.ts";
import { listMigrationBrakes } from "./brakes/read-brakes.ts";
import type { CheckResult, MigrationKind, PlanOutcomeCount } from "./kind.ts";
import { migrationName, type MigrationRecord } from "./migration-record.ts";
import { nextStepText, problemText } from "./outcome-texts.ts";
import { listChecksStatement } from "./sql/list-checks.ts";
import { loadSitePairStatement } from "./sql/load-site-pair.ts";

/** Everything an approver reads before sealing a plan, in words and numbers; plain JSON. Counts are rows. */
export interface ShownPlan {
  migration: string;
  kind: string;
  source: { id: string; name: string };
  destination: { id: string; name: string };
  options: Record<string, unknown>;
  fingerprint: string;
  whatPeopleNotice: string[];
  counts: Record<string, number>;
  groupName: string | null;
  outcomes: ShownOutcome[];
  checks: CheckResult[];
  /** The limits that the approval seals, with what the plan foretells against them. */
  brakes: ShownBrake[];
}

/** A brake as the approver sees it. */
export type ShownBrake = Pick<
  MigrationBrake,
  "brake" | "meaning" | "percent" | "leastPeople" | "most" | "forecast" | "wouldTrip"
>;

/** A row of the outcome table as it is read. */
export interface ShownOutcome extends PlanOutcomeCount {
  problemText: string | null;
  nextStepText: string | null;
}

/** The rows of the outcome table with problem and next step in words. */
export function showOutcomes(plan: NonNullable<MigrationRecord["planSummary"]>): ShownOutcome[] {
  return plan.rows.map((row) => ({
    ...row,
    problemText: row.problem === null ? null : problemText(row.problem, null),
    nextStepText: row.nextStep === null ? null : nextStepText(row.nextStep, plan.groupName),
  }));
}

/** What the plan page shows of this migration now; null before a plan was made. */
export async function readShownPlan(
  em: StatementRunner,
  kind: MigrationKind<unknown>,
  migration: MigrationRecord,
): Promise<ShownPlan | null> {
  const { planSummary: summary, planFingerprint } = migration;
  if (summary === null || planFingerprint === null) {
    return null;
  }
  const ids = [migration.sourceSiteId, migration.destinationSiteId];
  const sites = await loadSitePairStatement.run(em, [ids]);
  const site = (id: string): { id: string; name: string } => ({
    id,
    name: sites.find((candidate) => candidate.id === id)?.name ?? "",
  });
  const source = site(migration.sourceSiteId);
  const destination = site(migration.destinationSiteId);
  const checks = await listChecksStatement.run(em, [migration.id]);
  const { fingerprint: _fingerprint, groupName, rows: _rows, ...counts } = summary;
  return {
    migration: migrationName(migration.number),
    kind: migration.kind,
    source,
    destination,
    options: migration.options,
    fingerprint: planFingerprint,
    whatPeopleNotice: kind.describe(summary, { source: source.name, destination: destination.name }),
    counts,
    groupName,
    outcomes: showOutcomes(summary),
    // Not when they were looked at: that is the same for every reader of one plan and told by the log.
    checks: checks.map(({ checkedAt: _checkedAt, ...check }) => check),
    brakes: (await listMigrationBrakes(em, kind, migration)).map(showBrake),
  };
}

function showBrake(of: MigrationBrake): ShownBrake {
  const { brake, meaning, percent, leastPeople, most, forecast, wouldTrip } = of;
  return { brake, meaning, percent, leastPeople, most, forecast, wouldTrip };
}
