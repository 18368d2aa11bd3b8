import { statement } from "../../../platform/database/statement.ts";

/** $1 closing, $2 state after it. Nobody is asked any longer. No row when it had ended before. */
export const endClosingStatement = statement<{ id: string }>(
  "closing.endClosing",
  `with dropped as (
     update account_closing_part set state = 'DROPPED' where closing_id = $1 and state = 'PENDING'
   )
   update account_closing set state = $2, ended_at = now() where id = $1 and state = 'PENDING' returning id`,
);
