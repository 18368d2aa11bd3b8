import { statement } from "../../../../platform/database/statement.ts";

/** Every migration whose run would go on by itself. */
export const findRunningStatement = statement<{ id: string; organizationId: string; number: number }>(
  "migration.findRunning",
  `select id, organization_id as "organizationId", number from migration where state = 'RUNNING' order by id for update`,
);
