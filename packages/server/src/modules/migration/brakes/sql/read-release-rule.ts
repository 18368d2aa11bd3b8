import { statement } from "../../../../platform/database/statement.ts";

/** Whether it takes somebody else than the approvers, and who those are. */
export interface ReleaseRule {
  otherPersonRequired: boolean;
  approverIds: string[];
  approverEmails: string[];
}

// Planning again removes the approvals, so these are of the plan that runs.
export const readReleaseRuleStatement = statement<ReleaseRule>(
  "migration.readReleaseRule",
  `with approver as (
     select distinct a.id, a.email from migration_approval v join account a on a.id = v.approved_by
     where v.migration_id = $1
   )
   select o.second_approver_required as "otherPersonRequired",
     array(select id::text from approver order by id) as "approverIds",
     array(select email::text from approver order by id) as "approverEmails"
   from migration m join organization o on o.id = m.organization_id where m.id = $1`,
);
