import { statement } from "../../../platform/database/statement.ts";

/** Somebody with an account; `proved` once control of the address was proven. */
export interface PersonRow {
  id: string;
  name: string;
  email: string;
  proved: boolean;
}

/** $1 account. */
export const findPersonStatement = statement<PersonRow>(
  "roles.findPerson",
  `select id, name, email, proved_at is not null as proved from account where id = $1`,
);
