import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";

// $1: most uploads, $2: days. Marks uploads whose rows nothing needs: a preview that nobody applied, and an applied one
// none of whose rows speaks for anybody or waits for a correction, older than every plan from its site. Items name
// rows that were current when they were planned, so none names one of these, and every report keeps its rows.
export const retireUploadsStatement = statement<Swept>(
  "retention.retireUploads",
  `with old as materialized (
     select f.id from import_file f
     where f.rows_removed_at is null and (
       (f.state = 'PREVIEW' and f.created_at < now() - make_interval(days => $2::int))
       or (f.state = 'APPLIED' and f.applied_at < now() - make_interval(days => $2::int)
         and not exists (select from customer_row r where r.import_id = f.id and r.current)
         and not exists (select from migration m
           where m.source_site_id = f.site_id and coalesce(m.planned_at, now()) >= f.applied_at)))
     order by f.id limit $1::int for update skip locked
   ), retired as (
     update import_file f set rows_removed_at = now(), state = case f.state when 'PREVIEW' then 'DISCARDED' else f.state end
     from old where f.id = old.id returning 1
   )
   select count(*)::int as swept from retired`,
);
