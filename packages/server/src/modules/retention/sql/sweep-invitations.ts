import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most invitations, $2: days. Those that were accepted, declined or withdrawn; the audit log has what became of them.
// The acceptance of an ownership stays: it says that the product is one that must have an owner.
export const sweepInvitationsStatement = statement<Swept>(
  "retention.sweepInvitations",
  `with gone as (
     delete from role_invitation where id = any(array(
       select i.id from role_invitation i
       where i.settled_at < now() - make_interval(days => $2::int) and (i.role <> 'PRODUCT_OWNER' or i.state <> 'ACCEPTED')
       limit $1::int))
     returning 1
   )
   select count(*)::int as swept from gone`,
);
