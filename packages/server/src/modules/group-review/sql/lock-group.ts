import { statement } from "../../../platform/database/statement.ts";

/** A group under decision. */
export interface LockedGroup {
  id: string;
  name: string;
  siteId: string;
  siteName: string;
  organizationId: string;
  sourceSiteId: string;
  migrationId: string;
  migrationState: string;
  reviewState: "PENDING" | "PARTLY_APPROVED" | "APPROVED" | "DECLINED";
}

// The migration's row first, as batches and other decisions do: the decision lands between two batches, and no two
// of them wait for one another. The group's lock leaves its key free for members that refer to it.
export const lockGroupStatement = statement<LockedGroup>(
  "groupReview.lockGroup",
  `select g.id, g.name, g.site_id as "siteId", s.name as "siteName", m.organization_id as "organizationId",
     m.source_site_id as "sourceSiteId", m.id as "migrationId", m.state as "migrationState",
     g.review_state as "reviewState"
   from user_group g
   join migration m on m.id = g.migration_id
   join site s on s.id = g.site_id
   where g.id = $1
   for update of m for no key update of g`,
);
