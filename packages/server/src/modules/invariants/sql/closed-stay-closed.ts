import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// A closed account has no way in, no role, no group, no customer list and no active place on a site; nobody proved it since,
// and it ended with a request that everybody agreed to. Read by table, so that a database with a million accounts costs as
// much as its closed ones.
export const closedStayClosedStatement = statement<Violation>(
  "invariants.closedStayClosed",
  `with closed as materialized (
     select k.account_id, k.closing_id, a.email, a.proved_at from closed_account k join account a on a.id = k.account_id
   ), kept as (
     select account_id, 'a sign-in' as what from auth_user
     union all select account_id, format('the role %s', role) from role_assignment
     union all select account_id, format('API token %s', id) from api_token where revoked_at is null
     union all select account_id, format('the open link %s for %s', id, purpose) from email_proof where consumed_at is null and revoked_at is null
     union all select account_id, format('a place in group %s', group_id) from user_group_member
     union all select account_id, format('a place on the list of project %s', project_id) from project_customer
     union all select account_id, format('access to site %s', site_id) from site_account where active or customer_role
     union all select account_id, format('the login %s of a product', id) from product_user
     union all select invited_by, format('the open invitation %s', id) from role_invitation where state = 'PENDING'
     union all select account_id, format('the open request %s', id) from access_request where state = 'PENDING'
     union all select account_id, format('the open closing %s', id) from account_closing where state = 'PENDING'
   )
   select format('closed account %s (%s)', c.account_id, c.email) as subject, format('has %s', k.what) as problem
   from closed c join kept k on k.account_id = c.account_id
   union all
   select format('closed account %s (%s)', c.account_id, c.email), 'counts as proven' from closed c where c.proved_at is not null
   union all
   select format('closed account %s (%s)', c.account_id, c.email), format('was closed by a request that is %s', coalesce(q.state, 'gone'))
   from closed c left join account_closing q on q.id = c.closing_id and q.account_id = c.account_id
   where q.state is distinct from 'CLOSED' or q.reopened_at is not null
   limit 21`,
);
