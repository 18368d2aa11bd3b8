import { statement } from "../../../platform/database/statement.ts";

// Customers may be uploaded before the projects they are listed in: whoever an applied file listed in one of
// these projects is on its list from now on, as they would be had the projects come first.
/** $1 import of a projects file, $2 site. */
export const linkEarlierCustomersStatement = statement<{ written: number }>(
  "import.linkEarlierCustomers",
  `with project as (
     select sp.id, sp.key from project_row p join service_project sp on sp.site_id = $2 and sp.key = p.key
     where p.import_id = $1 and p.state = 'GOOD'
   ), listed as (
     select k.email, k.account_type, p.id as project_id
     from (
       select r.email, r.account_type, unnest(r.project_keys) as key
       from import_file f join customer_row r on r.import_id = f.id
       where f.site_id = $2 and f.file_kind = 'CUSTOMERS' and f.state = 'APPLIED' and r.state = 'GOOD'
     ) k join project p on p.key = k.key
   ), written as (
     insert into project_customer (project_id, account_id, portal_customer_id)
     select l.project_id, null, c.id from listed l join portal_customer c on c.site_id = $2 and c.email = l.email
     where l.account_type = 'PORTAL_ONLY'
     union
     select l.project_id, a.id, null from listed l join account a on a.email = l.email
     join site_account sa on sa.account_id = a.id and sa.site_id = $2
     where l.account_type = 'ATLASSIAN_ACCOUNT' and not exists (select from closed_account k where k.account_id = a.id)
     on conflict do nothing
     returning 1
   )
   select count(*)::int as written from written`,
);
