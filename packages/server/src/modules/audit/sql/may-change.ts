import { statement } from "../../../platform/database/statement.ts";

export const mayChangeStatement = statement<{ role: string; mayChange: boolean }>(
  "audit.mayChange",
  `select current_user::text as role, bool_or(has_table_privilege(name, privilege)) as "mayChange"
   from unnest(array['audit_entry', 'audit_chain']) name, unnest(array['update', 'delete', 'truncate']) privilege`,
);
