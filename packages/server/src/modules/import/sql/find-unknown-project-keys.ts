import { statement } from "../../../platform/database/statement.ts";

// Distinct lists first: a million rows name a handful of them, and unnesting each row takes four times as long.
/** $1 import of a customers file, $2 site. Project keys of good rows that the site does not have. */
export const findUnknownProjectKeysStatement = statement<{ key: string }>(
  "import.findUnknownProjectKeys",
  `select named.key from (
     select distinct k.key
     from (select distinct project_keys from customer_row where import_id = $1 and state = 'GOOD') l
     cross join unnest(l.project_keys) as k(key)
   ) named
   where not exists (select from service_project sp where sp.site_id = $2 and sp.key = named.key)
   order by named.key`,
);
