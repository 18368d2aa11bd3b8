import { statement } from "../../../platform/database/statement.ts";

// Distinct lists first: a million rows name a handful of them, and unnesting each row takes four times as long.
/** Project keys (`key`) of good rows of import $1 that site $2 does not have. */
export const unknownProjectKeysSql = `
  select named.key from (
    select distinct unnest(l.project_keys) as key
    from (select distinct project_keys from customer_row where import_id = $1 and state = 'GOOD') l
  ) named
  where not exists (select from service_project sp where sp.site_id = $2 and sp.key = named.key)`;

/** $1 import of a customers file, $2 site, $3 at most this many. */
export const findUnknownProjectKeysStatement = statement<{ key: string }>(
  "import.findUnknownProjectKeys",
  `select u.key from (${unknownProjectKeysSql}) u order by u.key limit $3`,
);
