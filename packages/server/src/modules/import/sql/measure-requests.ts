import { statement } from "../../../platform/database/statement.ts";
import type { ImportEffects } from "../import-record.ts";
import { requestIdentitiesSql } from "../request-identities.ts";

/** $1 import, $2 site, $3 at most this many keys. */
export const measureRequestsStatement = statement<
  Pick<ImportEffects, "unknownProjectKeys" | "unknownReporters">
>(
  "import.measureRequests",
  `with ${requestIdentitiesSql},
   unknown as (
     select distinct project_key from request_row where import_id = $1 and problem_code = 'UNKNOWN_PROJECT'
     order by project_key limit $3
   )
   select array(select project_key from unknown order by project_key) as "unknownProjectKeys",
     (select count(*) from reporter where num_nonnulls(account_id, portal_customer_id) = 0)::int as "unknownReporters"`,
);
