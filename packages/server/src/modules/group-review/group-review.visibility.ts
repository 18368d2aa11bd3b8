import { canReadMigration, isOrganizationAdmin, type Actor } from "../sign-in/index.ts";
import type { ImportedGroupType } from "./group-review.types.ts";
import type { GroupRow } from "./sql/load-groups.ts";

/** Whether the actor may read the group: as site admin of either end of its migration, or organization admin. */
export function canReadGroup(actor: Actor | null, row: GroupRow): boolean {
  const { organizationId, sourceSiteId, siteId } = row;
  return (
    actor !== null &&
    canReadMigration(actor, { organizationId, sourceSiteId, destinationSiteId: siteId }) === true
  );
}

/** The sites that narrow an organization's lists for this actor; null when every site is open to them. */
export function narrowingSites(actor: Actor, organizationId: string): string[] | null {
  if (isOrganizationAdmin(actor, organizationId)) {
    return null;
  }
  return actor.grants.flatMap((grant) =>
    grant.role === "SITE_ADMIN" && grant.organizationId === organizationId && grant.siteId !== null
      ? [grant.siteId]
      : [],
  );
}

/** The GraphQL object of a stored imported group. */
export function toImportedGroup(row: GroupRow): ImportedGroupType {
  const { id, name, organizationId, siteId, migrationId, reviewState, decidedBy, decisionReason } = row;
  return {
    id,
    name,
    organizationId,
    siteId,
    migrationId,
    reviewState,
    decidedBy,
    decisionReason,
    decidedAt: row.decidedAt === null ? null : new Date(row.decidedAt),
    createdAt: new Date(row.createdAt),
  };
}
