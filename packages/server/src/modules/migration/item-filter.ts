import type { MigrationItemFilter } from "./migration.inputs.types.ts";

/** The first nine parameters of the item statements: the migration and its filter, absent conditions as null. */
export function itemFilterParameters(
  migrationId: string,
  filter: MigrationItemFilter | null | undefined,
): unknown[] {
  return [
    migrationId,
    filter?.search?.trim() || null,
    filter?.outcome ?? null,
    filter?.plannedOutcome ?? null,
    filter?.sourceType ?? null,
    filter?.destinationState ?? null,
    filter?.effect ?? null,
    filter?.problem ?? null,
    filter?.openAttention ?? null,
  ];
}
