import { statement } from "../../../platform/database/statement.ts";
import { isPresentSql } from "../../../platform/jobs/presence.ts";

export const readWorkerStatement = statement<{ name: string; since: string }>(
  "migration.readWorker",
  `select l.worker as name, l.taken_at as since from migration_lease l
   where l.migration_id = $1 and l.expires_at > clock_timestamp() and ${isPresentSql("l.presence")}`,
);
