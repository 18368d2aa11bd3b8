import { statement } from "../../../platform/database/statement.ts";

/** $1 organization, $2 account. A row when the account is on one of its sites or has a role there. */
export const findMemberStatement = statement<{ email: string }>(
  "directory.findMember",
  `select a.email from account a
   where a.id = $2 and (
     exists (select from role_assignment r where r.account_id = a.id and r.organization_id = $1)
     or exists (
       select from site_account sa join site s on s.id = sa.site_id where sa.account_id = a.id and s.organization_id = $1))`,
);
