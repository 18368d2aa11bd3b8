import type { StatementRunner } from "../../platform/database/statement.ts";
import { listConcerned, nameDeciders } from "./closing-rules.ts";
import type { AccountClosingType, ClosingRequestType } from "./closing.types.ts";
import type { ClosingRow, PartRow } from "./sql/closing-columns.ts";
import { listPartsOfStatement } from "./sql/list-parts-of.ts";

/** The GraphQL object of a request to one organization. */
export function toClosingRequest(part: PartRow): ClosingRequestType {
  const { accountId, decidedBy, decisionReason, id, organizationId, reason, state } = part;
  return {
    id,
    state,
    reason,
    askedAt: new Date(part.askedAt),
    decidedAt: part.decidedAt === null ? null : new Date(part.decidedAt),
    decisionReason,
    organizationId,
    accountId,
    deciderId: decidedBy,
  };
}

/** The GraphQL object of a closing for the person who asked. */
export async function toAccountClosing(
  em: StatementRunner,
  closing: ClosingRow,
): Promise<AccountClosingType> {
  const { accountId, endedAt, id, reason, state } = closing;
  const [parts, concerned] = await Promise.all([
    listPartsOfStatement.run(em, [id]),
    listConcerned(em, accountId),
  ]);
  return {
    id,
    state,
    reason,
    askedAt: new Date(closing.askedAt),
    endedAt: endedAt === null ? null : new Date(endedAt),
    decisions: parts.map((part) => {
      const asked = concerned.find(({ organizationId }) => organizationId === part.organizationId);
      return {
        organizationName: part.organizationName,
        state: part.state,
        deciders: part.state === "PENDING" && asked !== undefined ? nameDeciders(asked) : [],
        decidedAt: part.decidedAt === null ? null : new Date(part.decidedAt),
        decisionReason: part.decisionReason,
      };
    }),
  };
}
