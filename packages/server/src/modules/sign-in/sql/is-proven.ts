import { statement } from "../../../platform/database/statement.ts";

/** $1 auth_user.id. */
export const isProvenStatement = statement<{ proven: boolean }>(
  "signIn.isProven",
  `select a.proved_at is not null as proven from auth_user u join account a on a.id = u.account_id where u.id = $1`,
);
