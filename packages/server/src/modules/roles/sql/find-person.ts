import { statement } from "../../../platform/database/statement.ts";

/** Somebody with an account; `proved` once control of the address was proven, `closed` when it was closed by request. */
export interface PersonRow {
  id: string;
  name: string;
  email: string;
  proved: boolean;
  closed: boolean;
}

/** The columns of PersonRow, of the account `a`. */
export const personColumns = `a.id, a.name, a.email, a.proved_at is not null as proved,
  exists (select from closed_account c where c.account_id = a.id) as closed`;

/** $1 account. */
export const findPersonStatement = statement<PersonRow>(
  "roles.findPerson",
  `select ${personColumns} from account a where a.id = $1`,
);
