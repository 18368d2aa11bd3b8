import { statement } from "../../../platform/database/statement.ts";

/** What a person's new password is measured against. */
export interface PasswordContextRow {
  has_two_step: boolean;
  name: string;
  email: string;
  organizations: string[];
}

/** $1 account id. */
export const loadPasswordContextStatement = statement<PasswordContextRow>(
  "signIn.loadPasswordContext",
  `select a.name, a.email,
     exists (select from auth_user u join auth_two_step t on t.user_id = u.id
       where u.account_id = a.id and t.confirmed_at is not null) as has_two_step,
     array(select distinct o.name from role_assignment r join organization o on o.id = r.organization_id
       where r.account_id = a.id) as organizations
   from account a where a.id = $1`,
);
