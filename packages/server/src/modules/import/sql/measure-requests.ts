import { statement } from "../../../platform/database/statement.ts";
import type { ImportEffects } from "../import-record.ts";
import { requestIdentitiesSql } from "../request-identities.ts";

/** $1 import, $2 site. */
export const measureRequestsStatement = statement<ImportEffects>(
  "import.measureRequests",
  `with ${requestIdentitiesSql},
   unknown as (
     select distinct project_key from request_row where import_id = $1 and problem_code = 'UNKNOWN_PROJECT'
     order by project_key limit 100
   )
   select 0 as "newPeople", 0 as "updatedPeople",
     array(select project_key from unknown order by project_key) as "unknownProjectKeys",
     (select count(*) from reporter where num_nonnulls(account_id, portal_customer_id) = 0)::int as "unknownReporters"`,
);
