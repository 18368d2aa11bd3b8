import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most keys, $2: days.
export const sweepAnswersStatement = statement<Swept>(
  "retention.sweepAnswers",
  `with gone as (
     delete from idempotency_key where ctid = any(array(
       select ctid from idempotency_key where created_at < now() - make_interval(days => $2::int) limit $1::int))
     returning 1
   )
   select count(*)::int as swept from gone`,
);
