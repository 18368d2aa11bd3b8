import { statement } from "../../../platform/database/statement.ts";

/** $1 organization, $2 account. Organization admins besides the account who have a way to sign in. */
export const countOtherAdminsStatement = statement<{ count: number }>(
  "roles.countOtherAdmins",
  `select count(distinct r.account_id)::int as count
   from role_assignment r join auth_user u on u.account_id = r.account_id join auth_credential c on c.user_id = u.id
   where r.organization_id = $1 and r.role = 'ORGANIZATION_ADMIN' and r.account_id <> $2 and c.password is not null`,
);
