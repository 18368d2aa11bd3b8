import type { StatementRunner } from "../../../platform/database/statement.ts";
import { announce } from "../../../platform/events/announce.ts";
import { appendEvent } from "./append-event.ts";
import { engineTopic } from "./engine-topic.ts";
import { settleAttentionStatement } from "./sql/settle-attention.ts";

/**
 * Books items that no longer wait for a person: `resolved` leave the queue, `nowSuccessful` of them also change
 * their outcome from REQUIRES_ATTENTION to SUCCESSFUL. The caller has updated the items in the same transaction.
 */
export async function settleAttention(
  em: StatementRunner,
  migrationId: string,
  settled: { resolved: number; nowSuccessful: number },
  event: {
    type: "GROUP_APPROVED" | "GROUP_DECLINED" | "UPGRADED" | "SKIPPED";
    summary: string;
    payload: Record<string, unknown>;
  },
): Promise<void> {
  // The proof is computed again in the background: at a million people it takes longer than a click may.
  const changesAccess = event.type === "GROUP_APPROVED" || event.type === "UPGRADED";
  const [row] = await settleAttentionStatement.run(em, [
    migrationId,
    settled.resolved,
    settled.nowSuccessful,
    changesAccess,
  ]);
  await appendEvent(em, migrationId, event.type, event.summary, {
    ...event.payload,
    openAttention: row?.open_attention_count ?? 0,
  });
  if (changesAccess) {
    await announce(em, [engineTopic]);
  }
}
