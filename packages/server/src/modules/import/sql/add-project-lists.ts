import { statement } from "../../../platform/database/statement.ts";

/** $1 import, $2 site. Adds the people to the lists their rows name and takes nobody off; unknown keys and closed accounts get nothing. */
export const addProjectListsStatement = statement<{ written: number }>(
  "import.addProjectLists",
  `with listed as (
     select k.email, k.account_type, sp.id as project_id
     from (
       select email, account_type, unnest(project_keys) as key from customer_row where import_id = $1 and state = 'GOOD'
     ) k join service_project sp on sp.site_id = $2 and sp.key = k.key
   ), written as (
     insert into project_customer (project_id, account_id, portal_customer_id)
     select l.project_id, null, c.id from listed l join portal_customer c on c.site_id = $2 and c.email = l.email
     where l.account_type = 'PORTAL_ONLY'
     union all
     select l.project_id, a.id, null from listed l join account a on a.email = l.email
     where l.account_type = 'ATLASSIAN_ACCOUNT' and not exists (select from closed_account k where k.account_id = a.id)
     on conflict do nothing
     returning 1
   )
   select count(*)::int as written from written`,
);
