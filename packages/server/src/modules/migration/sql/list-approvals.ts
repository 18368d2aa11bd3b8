import { statement } from "../../../platform/database/statement.ts";
import type { ShownPlan } from "../shown-plan.ts";

/** One approval of the plan there is now, as the driver gives it. */
export interface ApprovalRow {
  migrationId: string;
  ordinal: number;
  fingerprint: string;
  shown: ShownPlan;
  shownDigest: string;
  /** Approvers the organization asked for at that time: 1 or 2. */
  required: number;
  approvedBy: string;
  approvedAt: string;
}

// $1 migrations.
export const listApprovalsStatement = statement<ApprovalRow>(
  "migration.listApprovals",
  `select migration_id as "migrationId", ordinal, fingerprint, shown, shown_digest as "shownDigest", required,
     approved_by as "approvedBy", approved_at as "approvedAt"
   from migration_approval where migration_id = any($1::uuid[]) order by migration_id, ordinal`,
);
