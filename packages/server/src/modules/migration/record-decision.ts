import type { StatementRunner } from "../../platform/database/statement.ts";
import { appendAuditEntry } from "../audit/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { appendEvent, type MigrationEventType } from "./engine/append-event.ts";

/** Writes what somebody decided about a migration to the audit log and to its events, in the decision's transaction. */
export async function recordDecision(
  tx: StatementRunner,
  actor: Actor,
  migrationId: string,
  organizationId: string,
  event: MigrationEventType,
  action: string,
  summary: string,
): Promise<void> {
  await appendAuditEntry(tx, {
    organizationId,
    actorAccountId: actor.accountId,
    action: `migration.${action}`,
    subjectType: "migration",
    subjectId: migrationId,
    summary,
  });
  await appendEvent(tx, migrationId, event, summary, { by: actor.accountId });
}
