import { statement } from "../../../platform/database/statement.ts";

/** Until when the person counts as confirmed; in the past when they must be asked. */
export interface ConfirmationRow {
  confirmed_until: Date;
  is_recent: boolean;
}

/** $1 session id, $2 minutes that it holds. */
export const findConfirmationStatement = statement<ConfirmationRow>(
  "signIn.findConfirmation",
  `select confirmed_at + make_interval(mins => $2) as confirmed_until,
     confirmed_at + make_interval(mins => $2) > clock_timestamp() as is_recent
   from auth_session where id = $1`,
);
