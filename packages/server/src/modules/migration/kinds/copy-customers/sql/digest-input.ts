import { statement } from "../../../../../platform/database/statement.ts";

// Exact and cheap: the number of transactions that changed each site's directory (triggers count them; the oldest are
// kept as a number), those of the run itself left out, the applied uploads (one with only rejected rows changes no
// directory), the words, and the domains that other organizations claim. `planned` is the digest the plan was made
// with. $1 organization, $2 source site, $3 destination site, $4 migration.
export const digestInputStatement = statement<{ digest: string; planned: string | null }>(
  "copyCustomers.digestInput",
  `select encode(sha256(convert_to(row(
     (select count(*) from directory_change where site_id = $2 and migration_id is distinct from $4)
       + coalesce((select changes from directory_change_swept where site_id = $2), 0),
     (select count(*) from directory_change where site_id = $3 and migration_id is distinct from $4)
       + coalesce((select changes from directory_change_swept where site_id = $3), 0),
     (select row(count(*), max(applied_at)) from import_file where site_id = $2 and file_kind = 'CUSTOMERS' and state = 'APPLIED'),
     (select row(distribution_list_words, bot_words) from organization where id = $1),
     (select array_agg(c.domain order by c.domain) from claimed_domain c
      where c.organization_id <> (select organization_id from site where id = $3))
   )::text, 'UTF8')), 'hex') as digest,
     (select m.plan_input_digest from migration m where m.id = $4) as planned`,
);
