import { statement } from "../../../platform/database/statement.ts";

/** An imported group with the sites of its migration, for the policies. */
export interface GroupRow {
  id: string;
  organizationId: string;
  /** The destination of the migration. */
  siteId: string;
  sourceSiteId: string;
  migrationId: string;
  name: string;
  reviewState: "PENDING" | "PARTLY_APPROVED" | "APPROVED" | "DECLINED";
  decidedBy: string | null;
  decidedAt: string | null;
  decisionReason: string | null;
  createdAt: string;
}

/**
 * The columns every reader of imported groups selects, named as in GroupRow. A run that goes on after an approval
 * adds members who wait again, so an approved group with pending members is partly approved.
 */
export const groupColumns = `
  g.id, g.name, g.site_id as "siteId", m.organization_id as "organizationId", m.source_site_id as "sourceSiteId",
  m.id as "migrationId", g.decided_by as "decidedBy", g.decided_at::text as "decidedAt",
  g.decision_reason as "decisionReason", g.created_at::text as "createdAt",
  case when g.review_state = 'APPROVED' and exists (
      select 1 from user_group_member w where w.group_id = g.id and not w.approved)
    then 'PARTLY_APPROVED' else g.review_state end as "reviewState"`;

export const loadGroupsStatement = statement<GroupRow>(
  "groupReview.loadGroups",
  `select ${groupColumns} from user_group g join migration m on m.id = g.migration_id where g.id = any($1::uuid[])`,
);
