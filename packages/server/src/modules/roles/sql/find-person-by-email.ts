import { statement } from "../../../platform/database/statement.ts";
import type { PersonRow } from "./find-person.ts";

/** $1 canonical address. */
export const findPersonByEmailStatement = statement<PersonRow>(
  "roles.findPersonByEmail",
  `select id, name, email, proved_at is not null as proved from account where email = $1`,
);
