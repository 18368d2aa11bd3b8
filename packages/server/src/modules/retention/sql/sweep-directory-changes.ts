import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most rows. Plans keep how many changes a site had: the removed ones go on being counted, in the same
// transaction, so no plan looks older or newer than it is.
export const sweepDirectoryChangesStatement = statement<Swept>(
  "retention.sweepDirectoryChanges",
  `with gone as (
     delete from directory_change where ctid = any(array(
       select ctid from directory_change where transaction_at < now() - interval '1 day' limit $1::int))
     returning site_id
   ), counted as (
     insert into directory_change_swept as s (site_id, changes) select site_id, count(*) from gone group by site_id order by site_id
     on conflict (site_id) do update set changes = s.changes + excluded.changes
   )
   select count(*)::int as swept from gone`,
);
