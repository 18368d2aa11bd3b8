import { statement } from "../../../platform/database/statement.ts";
import { requestIdentitiesSql } from "../request-identities.ts";

/** $1 import, $2 site. A participant with both types is the account; unknown ones are left out; none is removed. */
export const addRequestParticipantsStatement = statement<{ written: number }>(
  "import.addRequestParticipants",
  `with ${requestIdentitiesSql},
   written as (
     insert into request_participant (request_id, account_id, portal_customer_id)
     select q.id, i.account_id, case when i.account_id is null then i.portal_customer_id end
     from (
       select key, unnest(participants) as email from request_row where import_id = $1 and state = 'GOOD'
     ) p
     join identity i on i.email = p.email
     join request q on q.site_id = $2 and q.key = p.key
     on conflict do nothing
     returning 1
   )
   select count(*)::int as written from written`,
);
