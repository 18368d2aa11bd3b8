import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most rows. A sign-in that ran out between its two steps leads nowhere.
export const sweepPendingSignInsStatement = statement<Swept>(
  "retention.sweepPendingSignIns",
  `with gone as (
     delete from auth_pending_sign_in where ctid = any(array(
       select ctid from auth_pending_sign_in where expires_at < now() limit $1::int))
     returning 1
   )
   select count(*)::int as swept from gone`,
);
