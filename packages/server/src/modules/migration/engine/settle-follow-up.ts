import type { StatementRunner } from "../../../platform/database/statement.ts";
import { announce } from "../../../platform/events/announce.ts";
import type { MigrationKind } from "../kind.ts";
import { migrationName, type MigrationRecord } from "../migration-record.ts";
import { lockMigrationStatement } from "../sql/lock-migration.ts";
import { appendEvent } from "./append-event.ts";
import { engineTopic } from "./engine-topic.ts";
import { sayNumber } from "./say-number.ts";
import { settleFollowUpStatement } from "./sql/settle-follow-up.ts";

/**
 * When a follow-up ends: the people it reached leave the queue of the migration that set them aside, in the same
 * transaction and with an event in both logs. Does nothing for a migration that is no follow-up or reached nobody.
 * Locks the original's row after the follow-up's own; nothing locks the other way round.
 */
export async function settleFollowUp(
  tx: StatementRunner,
  kind: MigrationKind<unknown>,
  followUp: MigrationRecord,
): Promise<void> {
  const originalId = followUp.followUpOf;
  if (originalId === null || kind.planAgain === undefined) {
    return;
  }
  const [original] = await lockMigrationStatement.run(tx, [originalId]);
  if (original === undefined) {
    return;
  }
  const settled = await kind.planAgain.settle(tx, originalId, followUp.id);
  if (settled.total === 0) {
    return;
  }
  await settleFollowUpStatement.run(tx, [
    originalId,
    settled.fromAttention,
    settled.attentionToSuccessful,
    settled.failedToSuccessful,
  ]);
  const [name, first] = [migrationName(followUp.number), migrationName(original.number)];
  const people = settled.total === 1 ? "1 person" : `${sayNumber(settled.total)} people`;
  const successful = settled.attentionToSuccessful + settled.failedToSuccessful;
  const text = `${people} of ${first} planned again in ${name}: ${sayNumber(successful)} successful`;
  const summary = successful === settled.total ? text : `${text}, the others go on in ${name}`;
  const payload = { original: originalId, followUp: followUp.id, people: settled.total, successful };
  await appendEvent(tx, originalId, "FOLLOW_UP_SETTLED", summary, payload);
  await appendEvent(tx, followUp.id, "FOLLOW_UP_SETTLED", summary, payload);
  await announce(tx, [engineTopic]);
}
