import { statement } from "../../../../../platform/database/statement.ts";

// The imported group's name on the destination: the group of this migration if it is there already, else the first
// of "name", "name 2", "name 3"… that is free. As many candidates as groups, plus one, so one is always free.
// $1 migration, $2 source site, $3 destination site, $4 migration number.
export const findGroupNameStatement = statement<{ name: string }>(
  "copyCustomers.findGroupName",
  `select coalesce((select g.name from user_group g where g.migration_id = $1), (
     select candidate.name
     from site s, generate_series(1, (select count(*)::int + 1 from user_group where site_id = $3)) n,
       lateral (select 'Imported customers from ' || s.name || ' (MR-' || $4::int || ')'
         || case when n = 1 then '' else ' ' || n end) candidate (name)
     where s.id = $2 and not exists (
       select 1 from user_group g where g.site_id = $3 and lower(g.name) = lower(candidate.name))
     order by n limit 1)) as name`,
);
