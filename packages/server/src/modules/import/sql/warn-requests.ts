import { statement } from "../../../platform/database/statement.ts";
import { requestIdentitiesSql } from "../request-identities.ts";

/**
 * $1 import, $2 site. Says whose requests belong to nobody or were given to one of two identities, and which
 * participants are left out, behind what the row itself gives cause for.
 */
export const warnRequestsStatement = statement<{ changed: number }>(
  "import.warnRequests",
  `with ${requestIdentitiesSql},
   missing as (
     select p.row_number, count(*) as people, string_agg(p.email, ', ' order by p.email) as list
     from (
       select row_number, unnest(participants) as email from request_row where import_id = $1 and state = 'GOOD'
     ) p left join identity i on i.email = p.email
     where i.email is null group by p.row_number
   ),
   told as (
     select r.row_number, nullif(concat_ws(' ', r.file_warning,
       case
         when r.reporter_email is null then null
         when not o.is_known then 'The reporter ' || r.reporter_email
           || ' is not known on this site, so the request belongs to nobody. Upload the customers file first, or correct the email.'
         when num_nonnulls(o.account_id, o.portal_customer_id) = 0 then 'The reporter ' || r.reporter_email || ' has only '
           || case r.reporter_type when 'PORTAL_ONLY' then 'an Atlassian account' else 'a portal-only account' end
           || ' on this site, so the request belongs to nobody. Correct the reporter''s account type.'
         when r.reporter_type is null and o.has_both then 'The reporter ' || r.reporter_email
           || ' has both account types on this site, so the request belongs to the Atlassian account. Give the reporter''s account type to choose the other one.'
       end,
       case
         when m.people = 1 then 'The participant ' || m.list || ' is not known on this site and is left out.'
         when m.people > 1 then 'The participants ' || m.list || ' are not known on this site and are left out.'
       end), '') as warning
     from request_row r
     join reporter o on o.row_number = r.row_number
     left join missing m on m.row_number = r.row_number
     where r.import_id = $1 and r.state = 'GOOD'
   ),
   changed as (
     update request_row r set warning = t.warning
     from told t
     where r.import_id = $1 and r.row_number = t.row_number and r.warning is distinct from t.warning
     returning 1
   )
   select count(*)::int as changed from changed`,
);
