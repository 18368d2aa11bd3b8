import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// A decided group or request names who decided, and the audit log has that person deciding it. A request was decided by
// somebody who could grant it then.
export const groupsDecidedStatement = statement<Violation>(
  "invariants.groupsDecided",
  `select format('group %s (%s)', g.id, g.name) as subject,
     case when g.decided_by is null then format('is %s without a name under it', g.review_state)
       else format('is %s by account %s, and the audit log knows nothing of it', g.review_state, g.decided_by) end as problem
   from user_group g
   where g.review_state in ('PARTLY_APPROVED', 'APPROVED', 'DECLINED')
     and (g.decided_by is null or g.decided_at is null or not exists (
       select from audit_entry a join site s on s.id = g.site_id
       where a.organization_id = s.organization_id and a.subject_id = g.id and a.actor_account_id = g.decided_by
         and a.action = case g.review_state when 'DECLINED' then 'group.decline' else 'group.approve' end))
   union all
   select format('group %s (%s)', g.id, g.name), 'is approved as a whole but has members who wait'
   from user_group g
   where g.review_state = 'APPROVED' and exists (
     select from user_group_member gm where gm.group_id = g.id and not gm.approved)
     and exists (select from migration m where m.id = g.migration_id and m.applied_ordinal = m.total_items)
   union all
   select format('access request %s', q.id),
     case when not q.decided_by = any(q.deciders) then format('was decided by account %s, who could not grant it then', q.decided_by)
       else format('is %s by account %s, and the audit log knows nothing of it', q.state, q.decided_by) end
   from access_request q
   where q.state in ('APPROVED', 'DECLINED')
     and (not q.decided_by = any(q.deciders) or not exists (
       select from audit_entry a
       where a.organization_id = q.organization_id and a.subject_id = q.id and a.actor_account_id = q.decided_by
         and a.action = case q.state when 'APPROVED' then 'access_request.approve' else 'access_request.decline' end))
   limit 21`,
);
