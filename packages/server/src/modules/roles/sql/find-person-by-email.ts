import { statement } from "../../../platform/database/statement.ts";
import { personColumns, type PersonRow } from "./find-person.ts";

/** $1 canonical address. */
export const findPersonByEmailStatement = statement<PersonRow>(
  "roles.findPersonByEmail",
  `select ${personColumns} from account a where a.email = $1`,
);
