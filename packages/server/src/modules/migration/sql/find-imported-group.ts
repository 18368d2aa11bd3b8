import { statement } from "../../../platform/database/statement.ts";

export const findImportedGroupStatement = statement<{ migrationId: string; name: string }>(
  "migration.findImportedGroup",
  `select m.id as "migrationId", coalesce(g.name, m.plan_summary ->> 'groupName') as name
   from migration m left join user_group g on g.migration_id = m.id
   where m.id = any($1::uuid[]) and coalesce(g.name, m.plan_summary ->> 'groupName') is not null`,
);
