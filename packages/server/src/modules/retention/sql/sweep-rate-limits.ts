import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most rows. Windows last minutes; a day later one counts nothing.
export const sweepRateLimitsStatement = statement<Swept>(
  "retention.sweepRateLimits",
  `with gone as (
     delete from auth_rate_limit where key in (
       select key from auth_rate_limit where window_started_at < now() - interval '1 day' limit $1::int for update skip locked)
     returning 1
   )
   select count(*)::int as swept from gone`,
);
