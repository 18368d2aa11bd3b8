import type { StatementRunner } from "../../../platform/database/statement.ts";
import { announce } from "../../../platform/events/announce.ts";
import { appendEventStatement } from "./sql/append-event.ts";

/** Every type of event, in the order they can first occur. */
export const migrationEventTypes = [
  "CREATED",
  "PLANNING_STARTED",
  "PLANNED",
  "PLANNING_FAILED",
  "APPROVAL_GIVEN",
  "APPROVED",
  "STARTED",
  "GROUP_CREATED",
  "BATCH_APPLIED",
  "PAUSED",
  "BRAKE_TRIPPED",
  "BRAKE_RELEASED",
  "RESUMED",
  "VERIFYING",
  "COMPLETED",
  "PROOF_PASSED",
  "PROOF_FAILED",
  "FAILED",
  "RETRIED",
  "CANCELLED",
  "GROUP_APPROVED",
  "GROUP_DECLINED",
  "UPGRADED",
  "SKIPPED",
  "FOLLOW_UP_CREATED",
  "FOLLOW_UP_SETTLED",
  "UNDO_PLANNING",
  "UNDO_PLANNED",
  "UNDO_PLANNING_FAILED",
  "UNDO_STARTED",
  "UNDO_BATCH",
  "UNDO_FAILED",
  "UNDONE",
] as const;
export type MigrationEventType = (typeof migrationEventTypes)[number];

/** The topic that wakes subscribers of one migration. */
export function migrationTopic(migrationId: string): string {
  return `migration:${migrationId}`;
}

/** The topic that wakes an organization's counters: open attention and groups waiting. */
export function organizationTopic(organizationId: string): string {
  return `organization:${organizationId}`;
}

/**
 * Writes the next event of a migration and announces it at commit. Call it last in the transaction: it locks
 * the migration row. `summary` is a sentence for people; `payload` is JSON for programs. Returns its number.
 */
export async function appendEvent(
  em: StatementRunner,
  migrationId: string,
  type: MigrationEventType,
  summary: string,
  payload: Record<string, unknown> = {},
): Promise<number> {
  const [row] = await appendEventStatement.run(em, [migrationId, type, summary, JSON.stringify(payload)]);
  if (row === undefined) {
    throw new Error(`No migration ${migrationId} to write an event for`);
  }
  await announce(em, [migrationTopic(migrationId), organizationTopic(row.organization_id)]);
  return Number(row.sequence);
}
