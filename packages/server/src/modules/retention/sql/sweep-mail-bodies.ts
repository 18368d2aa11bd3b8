import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most rows. Mail that bounced or was given up can be tried again for a week; no link in it works longer.
export const sweepMailBodiesStatement = statement<Swept>(
  "retention.sweepMailBodies",
  `with erased as (
     update mail_outbox set body = null where ctid = any(array(
       select ctid from mail_outbox where settled_at < now() - interval '7 days' and body is not null limit $1::int))
     returning 1
   )
   select count(*)::int as swept from erased`,
);
