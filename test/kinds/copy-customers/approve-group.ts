import { approveMembersStatement } from "../../../packages/server/src/modules/group-review/sql/approve-members.ts";
import type { EntityManager } from "../../../packages/server/src/platform/database/orm.ts";
import { query } from "../../kit/query.ts";

/** Approves members of a run's imported group, everybody by default, as the service does it. */
export async function approveMembers(
  em: EntityManager,
  migrationId: string,
  approverId: string,
  memberIds: string[] | null = null,
): Promise<void> {
  const [group] = await query<{ id: string; pending: number }>(
    em,
    `select g.id, (select count(*)::int from user_group_member m where m.group_id = g.id and not m.approved) as pending
     from user_group g where g.migration_id = $1`,
    [migrationId],
  );
  if (group === undefined) {
    return;
  }
  await approveMembersStatement.run(em, [group.id, migrationId, memberIds, group.pending, approverId]);
  await query(
    em,
    "update user_group set grants_customer_role = true, review_state = 'APPROVED' where id = $1",
    [group.id],
  );
}
