import { statement } from "../../../../platform/database/statement.ts";

/** $1 organization, $2 name, $3 address, $4 purpose, $5 who makes it. Needs the organization's lock for its limit. */
export const createServiceAccountStatement = statement<{ id: string }>(
  "apiToken.createServiceAccount",
  `with made as (
     insert into account (email, name) values ($3, $2) returning id
   )
   insert into service_account (account_id, organization_id, purpose, created_by)
   select id, $1, $4, $5 from made returning account_id as id`,
);
