import { timingSafeEqual } from "node:crypto";
import type { Pool, PoolClient } from "pg";
import type { Actor } from "../sign-in/index.ts";
import { loadTokenActorsStatement } from "./sql/load-token-actors.ts";
import { useTokenStatement, type UsedTokenRow } from "./sql/use-token.ts";
import { hashSecret, isSecret } from "./token-text.ts";

/**
 * The account behind a secret, with its rights of this moment narrowed by the token.
 * The lookup goes by the secret's hash, so how long it takes says nothing about the secret.
 * @returns null alike for a wrong, an expired and a revoked secret
 */
export async function findTokenActor(querier: Pool | PoolClient, secret: string): Promise<Actor | null> {
  if (!isSecret(secret)) {
    return null;
  }
  const hash = hashSecret(secret);
  const { rows } = await querier.query<UsedTokenRow>(useTokenStatement.text, [hash]);
  const [row] = rows;
  if (row === undefined || !timingSafeEqual(Buffer.from(row.secretHash, "hex"), Buffer.from(hash, "hex"))) {
    return null;
  }
  return toActor(row);
}

/**
 * The accounts behind tokens that were let in before, by token id, with their rights of this moment. Expired and
 * revoked ones are missing.
 */
export async function loadTokenActors(
  querier: Pool | PoolClient,
  tokenIds: readonly string[],
): Promise<Map<string, Actor>> {
  const { rows } = await querier.query<UsedTokenRow>(loadTokenActorsStatement.text, [tokenIds]);
  return new Map(rows.map((row) => [row.id, toActor(row)]));
}

function toActor(row: UsedTokenRow): Actor {
  return {
    accountId: row.accountId,
    email: row.email,
    name: row.name,
    sessionId: row.id,
    sessionExpiresAt: new Date(row.expiresAt),
    grants: row.grants,
    token: { id: row.id, mayChange: row.scope === "MIGRATE", organizationId: row.organizationId },
  };
}
