import { statement } from "../../../platform/database/statement.ts";
import { sessionActorSql, type SessionActorRow } from "./load-session-actors.ts";

/** $1 hash of the session's token. No row when the session ended or expired. */
export const findSessionActorStatement = statement<SessionActorRow>(
  "signIn.findSessionActor",
  `${sessionActorSql} where s.token = $1 and s.expires_at > clock_timestamp()`,
);
