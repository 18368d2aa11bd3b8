import { statement } from "../../../platform/database/statement.ts";
import { requestsOnSiteSql } from "../../directory/index.ts";

/** What an approval did; when `pending` is not the expected number, nothing. Counts are people. */
export interface ApprovedMembers {
  /** Members who waited before. */
  pending: number;
  approved: number;
  /** Items that left the queue. */
  resolved: number;
  /** Items that changed from requiring attention to successful; some may have left the queue earlier. */
  nowSuccessful: number;
}

// Counting, approving and settling are one statement and so see one state: nobody is approved who was not
// counted. What the items said before is journaled, so that the run can be undone. $1 group, $2 migration, $3 accounts or null for all, $4 expected pending, $5 approver.
export const approveMembersStatement = statement<ApprovedMembers>(
  "groupReview.approveMembers",
  `with pending as materialized (
     select account_id from user_group_member where group_id = $1 and not approved
   ), approved as (
     update user_group_member m set approved = true
     from pending p
     where m.group_id = $1 and m.account_id = p.account_id
       and ($3::uuid[] is null or p.account_id = any($3))
       and (select count(*) from pending) = $4
     returning m.account_id
   ), waiting as materialized (
     select i.ordinal, i.resolved_at is null as open, a.account_id,
       jsonb_build_object('item', jsonb_build_object('outcome', i.outcome, 'problem', i.problem, 'nextStep', i.next_step,
         'resolution', i.resolution)) as before
     from migration_item i
     join approved a on a.account_id = coalesce(i.destination_account_id, i.source_account_id)
     where i.migration_id = $2 and i.joins_group and i.outcome = 'REQUIRES_ATTENTION' and i.undone_at is null
   ), journaled as (
     insert into migration_journal (migration_id, ordinal, step, account_id, requests, before)
     select $2, w.ordinal, 'APPROVED', w.account_id,
       ${requestsOnSiteSql("w.account_id", "null::uuid", "(select g.site_id from user_group g where g.id = $1)")}, w.before
     from waiting w
   ), settled as (
     update migration_item i set outcome = 'SUCCESSFUL', problem = null, next_step = null,
       resolution = 'APPROVED', resolved_at = clock_timestamp(), resolved_by = $5
     from waiting w
     where i.migration_id = $2 and i.ordinal = w.ordinal
     returning w.open
   )
   select (select count(*)::int from pending) as pending,
     (select count(*)::int from approved) as approved,
     (select count(*)::int from settled where open) as resolved,
     (select count(*)::int from settled) as "nowSuccessful"`,
);
