import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// What an organization said about a closing names who decided, who could have then, and the audit log has it. A closing that
// was carried out was declined by nobody, and whoever asked did not decide for themselves.
export const closingsDecidedStatement = statement<Violation>(
  "invariants.closingsDecided",
  `select format('closing request %s', p.id) as subject,
     case when not p.decided_by = any(p.deciders) then format('was decided by account %s, who could not then', p.decided_by)
       when p.decided_by = c.account_id then 'was decided by whoever asked'
       else format('is %s by account %s, and the audit log knows nothing of it', p.state, p.decided_by) end as problem
   from account_closing_part p join account_closing c on c.id = p.closing_id
   where p.state in ('APPROVED', 'DECLINED') and (
     not p.decided_by = any(p.deciders) or p.decided_by = c.account_id or not exists (
       select from audit_entry a
       where a.organization_id = p.organization_id and a.subject_id = c.account_id and a.actor_account_id = p.decided_by
         and a.action = case p.state when 'APPROVED' then 'account.approve_closing' else 'account.decline_closing' end))
   union all
   select format('closing %s', c.id), format('is %s, and an organization %s', c.state,
     case p.state when 'PENDING' then 'is still asked' else 'had declined' end)
   from account_closing c join account_closing_part p on p.closing_id = c.id
   where (c.state <> 'PENDING' and p.state = 'PENDING') or (c.state = 'CLOSED' and p.state = 'DECLINED')
   limit 21`,
);
