import type { StatementRunner } from "../../../platform/database/statement.ts";
import { appendEvent } from "./append-event.ts";
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
  const [row] = await settleAttentionStatement.run(em, [
    migrationId,
    settled.resolved,
    settled.nowSuccessful,
  ]);
  await appendEvent(em, migrationId, event.type, event.summary, {
    ...event.payload,
    openAttention: row?.open_attention_count ?? 0,
  });
}
