import { statement } from "../../../platform/database/statement.ts";

/** Where the person stands after a wrong code; `locked_until` when it was the one too many. */
export interface WrongCodeRow {
  wrong_codes: number;
  locked_until: Date | null;
}

/** $1 auth_user.id, $2 wrong codes that lock. A lock lasts 5 minutes, the next one twice as long, up to an hour. */
export const countWrongCodeStatement = statement<WrongCodeRow>(
  "signIn.countWrongCode",
  `update auth_two_step set
     wrong_codes = case when wrong_codes + 1 >= $2 then 0 else wrong_codes + 1 end,
     locks = case when wrong_codes + 1 >= $2 then least(locks + 1, 10) else locks end,
     locked_until = case when wrong_codes + 1 >= $2
       then clock_timestamp() + make_interval(mins => least(5 * 2 ^ locks, 60)::int) end
   where user_id = $1
   returning wrong_codes, locked_until`,
);
