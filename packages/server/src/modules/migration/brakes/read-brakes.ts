import type { StatementRunner } from "../../../platform/database/statement.ts";
import { brakes, type Brake, type MigrationKind } from "../kind.ts";
import type { MigrationRecord } from "../migration-record.ts";
import type { MigrationBrake } from "./brake.types.ts";
import { defaultLimits, mostPeople, type BrakeLimit } from "./limits.ts";
import { listBrakesStatement } from "./sql/list-brakes.ts";
import { listLimitsStatement } from "./sql/list-limits.ts";

/** The limits that runs of the organization are approved with now. */
export async function listOrganizationLimits(
  em: StatementRunner,
  organizationId: string,
): Promise<Record<Brake, BrakeLimit>> {
  const rows = await listLimitsStatement.run(em, [organizationId]);
  const own = rows.map(({ brake, percent, leastPeople }) => [brake, { percent, leastPeople }]);
  return { ...defaultLimits, ...Object.fromEntries(own) };
}

const notYet: readonly string[] = ["DRAFT", "CHECKING", "PLANNED"];

/**
 * The brakes of a migration with what its plan foretells: before the approval with the organization's limits, after
 * it with those that were sealed. Empty for a run approved before there were brakes.
 */
export async function listMigrationBrakes(
  em: StatementRunner,
  kind: MigrationKind<unknown>,
  migration: MigrationRecord,
): Promise<MigrationBrake[]> {
  const open = notYet.includes(migration.state);
  const limits = open ? await listOrganizationLimits(em, migration.organizationId) : null;
  const rows = open ? [] : await listBrakesStatement.run(em, [migration.id]);
  const forecast = migration.planSummary === null ? null : kind.brakes.forecast(migration.planSummary);
  return brakes.flatMap((brake) => {
    const row = rows.find((candidate) => candidate.brake === brake);
    const limit = limits?.[brake] ?? row;
    if (limit === undefined) {
      return [];
    }
    const { percent, leastPeople } = limit;
    const most = mostPeople(limit, migration.totalItems);
    const foretold = forecast?.[brake] ?? null;
    return [
      {
        brake,
        meaning: kind.brakes.meanings[brake],
        percent,
        leastPeople,
        most,
        forecast: foretold,
        wouldTrip: foretold !== null && foretold > most,
        counted: row?.counted ?? 0,
        trippedAt: toDate(row?.trippedAt),
        trip: row?.trip ?? null,
        releasedAt: toDate(row?.releasedAt),
        releasedBy: row?.releasedBy ?? null,
        releaseReason: row?.releaseReason ?? null,
      },
    ];
  });
}

function toDate(text: string | null | undefined): Date | null {
  return text == null ? null : new Date(text);
}
