import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most rows. Nobody gets in with an expired one; a day later nobody asks for it either.
export const sweepVerificationsStatement = statement<Swept>(
  "retention.sweepVerifications",
  `with gone as (
     delete from auth_verification where ctid = any(array(
       select ctid from auth_verification where expires_at < now() - interval '1 day' limit $1::int))
     returning 1
   )
   select count(*)::int as swept from gone`,
);
