import { statement } from "../../../../../platform/database/statement.ts";

// Project keys that rows of the source's uploads or the chosen scope name and the source does not have.
// "keys" is the number of such keys, the rows are the ten most named ones. $1 source site, $2 chosen keys.
export const findUnknownKeysStatement = statement<{
  key: string;
  rows: number;
  chosen: boolean;
  keys: number;
}>(
  "copyCustomers.findUnknownKeys",
  `with named as (
     select k.key, count(*)::int as rows, false as chosen
     from customer_row c cross join lateral unnest(c.project_keys) k (key)
     where c.site_id = $1 and c.current and c.state = 'GOOD'
       and c.import_id in (select f.id from import_file f where f.site_id = $1 and f.state = 'APPLIED')
     group by k.key
     union all
     select unnest($2::text[]), 0, true
   )
   select n.key, sum(n.rows)::int as rows, bool_or(n.chosen) as chosen, (count(*) over ())::int as keys
   from named n
   where not exists (select 1 from service_project s where s.site_id = $1 and s.key = n.key)
   group by n.key order by bool_or(n.chosen) desc, sum(n.rows) desc, n.key limit 10`,
);
