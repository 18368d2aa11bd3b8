import { statement } from "../../../platform/database/statement.ts";

/** $1 session id: the person has just shown that it is them. */
export const confirmSessionStatement = statement<{ confirmed_at: Date }>(
  "signIn.confirmSession",
  `update auth_session set confirmed_at = now() where id = $1 returning confirmed_at`,
);
