import { statement } from "../../../platform/database/statement.ts";

/** $1 account. Every organization in which it has a role or is on a site: their logs tell of it. */
export const listConcernedStatement = statement<{ organizationId: string }>(
  "proof.listConcerned",
  `select organization_id as "organizationId" from role_assignment where account_id = $1
   union
   select s.organization_id from site_account sa join site s on s.id = sa.site_id where sa.account_id = $1
   order by 1`,
);
