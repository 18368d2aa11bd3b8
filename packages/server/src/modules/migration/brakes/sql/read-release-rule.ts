import { statement } from "../../../../platform/database/statement.ts";

/** Whether it takes somebody else than the approvers, and who those are. */
export interface ReleaseRule {
  otherPersonRequired: boolean;
  approverIds: string[];
  approverEmails: string[];
}

// Everybody who approved the plan there is now: their approvals are in the log after it was made. The organization's
// rule is read through its row, so that it counts wherever the column exists.
export const readReleaseRuleStatement = statement<ReleaseRule>(
  "migration.readReleaseRule",
  `with approver as (
     select distinct a.id, a.email from migration_event e join account a on a.id = (e.payload ->> 'by')::uuid
     where e.migration_id = $1 and e.type in ('APPROVAL_GIVEN', 'APPROVED') and e.sequence > coalesce(
       (select max(p.sequence) from migration_event p where p.migration_id = $1 and p.type = 'PLANNED'), 0)
   )
   select coalesce((to_jsonb(o) ->> 'second_approver_required')::boolean, false) as "otherPersonRequired",
     array(select id::text from approver order by id) as "approverIds",
     array(select email::text from approver order by id) as "approverEmails"
   from migration m join organization o on o.id = m.organization_id where m.id = $1`,
);
