import { statement } from "../../../platform/database/statement.ts";
import type { Violation } from "../violation.ts";

// Whoever has the Customer role through an imported group has it from a decision of a named person.
export const noSurplusStatement = statement<Violation>(
  "invariants.noSurplus",
  `select format('group %s member %s', g.id, gm.account_id) as subject,
     format('has the Customer role through %s, which nobody approved', g.name) as problem
   from user_group g join user_group_member gm on gm.group_id = g.id
   where g.migration_id is not null and gm.approved and (g.review_state = 'PENDING' or g.decided_by is null)
   union all
   select format('group %s', g.id), format('%s gives the Customer role while its review is pending', g.name)
   from user_group g
   where g.migration_id is not null and g.grants_customer_role and g.review_state = 'PENDING'
   limit 21`,
);
