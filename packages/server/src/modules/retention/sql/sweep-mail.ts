import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most rows, $2: days. Held mail stays until somebody decides about it.
export const sweepMailStatement = statement<Swept>(
  "retention.sweepMail",
  `with gone as (
     delete from mail_outbox where ctid = any(array(
       select ctid from mail_outbox where settled_at < now() - make_interval(days => $2::int) limit $1::int))
     returning 1
   )
   select count(*)::int as swept from gone`,
);
