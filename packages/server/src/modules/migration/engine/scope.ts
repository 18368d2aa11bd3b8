import type { MigrationKind, MigrationScope } from "../kind.ts";
import type { MigrationRecord } from "../migration-record.ts";

/** Finds a kind by its code; throws for an unknown one, since the database names only registered kinds. */
export type KindLookup = (code: string) => MigrationKind<unknown>;

/** What a kind gets to see of a migration; the options pass the kind's own schema again on the way. */
export function scopeOf(migration: MigrationRecord, kind: MigrationKind<unknown>): MigrationScope<unknown> {
  return {
    migrationId: migration.id,
    number: migration.number,
    organizationId: migration.organizationId,
    sourceSiteId: migration.sourceSiteId,
    destinationSiteId: migration.destinationSiteId,
    options: kind.options.parse(migration.options),
  };
}
