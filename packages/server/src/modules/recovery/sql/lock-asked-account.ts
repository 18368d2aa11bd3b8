import { statement } from "../../../platform/database/statement.ts";

/** The account somebody asked for, and how its owner gets in. */
export interface AskedAccountRow {
  id: string;
  email: string;
  name: string;
  proven: boolean;
  hasPassword: boolean;
  closed: boolean;
}

/** $1 canonical email. Nobody signs in to a service account. Locked, so that two servers count its mail one after the other. */
export const lockAskedAccountStatement = statement<AskedAccountRow>(
  "recovery.lockAskedAccount",
  `select a.id, a.email, a.name, a.proved_at is not null as proven,
     exists (select from auth_user u join auth_credential c on c.user_id = u.id
       where u.account_id = a.id and c.password is not null) as "hasPassword",
     exists (select from closed_account c where c.account_id = a.id) as closed
   from account a where a.email = $1 and not exists (select from service_account s where s.account_id = a.id)
   for no key update`,
);
