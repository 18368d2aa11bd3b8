import type { StatementRunner } from "../../../../platform/database/statement.ts";
import { keepAccessBefore } from "../../../access-proof/index.ts";
import type { MigrationScope, PreparedEvent } from "../../kind.ts";
import { findGroupName } from "./plan.ts";
import { nameChangesStatement } from "./sql/name-changes.ts";
import { createGroupStatement } from "./sql/create-group.ts";

/** Keeps what the run's people reach now and makes the imported group if anybody joins it. */
export async function prepareCopy(
  em: StatementRunner,
  scope: MigrationScope<unknown>,
): Promise<PreparedEvent[]> {
  await nameChangesStatement.run(em, [scope.migrationId]);
  await keepAccessBefore(em, scope.migrationId);
  const name = await findGroupName(em, scope);
  const [group] = await createGroupStatement.run(em, [scope.migrationId, scope.destinationSiteId, name]);
  if (group === undefined) {
    return [];
  }
  const people = group.members === 1 ? "1 person waits" : `${group.members} people wait`;
  return [
    {
      type: "GROUP_CREATED",
      summary: `Imported group ${name} created: ${people} for the Customer role`,
      payload: { groupId: group.id, name, members: group.members },
    },
  ];
}
