import { statement } from "../../../platform/database/statement.ts";

/** $1 wish, $2 the proof that was mailed for it. */
export const keepLinkStatement = statement(
  "services.keepLink",
  `update service_wish set proof_id = $2 where id = $1`,
);
