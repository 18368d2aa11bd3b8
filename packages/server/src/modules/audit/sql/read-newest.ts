import { statement } from "../../../platform/database/statement.ts";

/** Number of the newest entry of the organization's log; 0 for none. */
export const readNewestStatement = statement<{ newest: number }>(
  "audit.readNewest",
  "select coalesce((select last_sequence from audit_chain where organization_id = $1), 0)::int as newest",
);
