import type { RequestContext } from "../../platform/graphql/context.ts";
import { apiError } from "../../platform/graphql/errors.ts";
import type { Actor } from "../sign-in/index.ts";
import type { ApiTokenType } from "./api-token.types.ts";
import type { TokenRow } from "./sql/token-columns.ts";

/** The row as the API shows it. */
export function toApiToken(row: TokenRow): ApiTokenType {
  return {
    id: row.id,
    name: row.name,
    hint: row.hint,
    scope: row.scope,
    createdAt: new Date(row.createdAt),
    expiresAt: new Date(row.expiresAt),
    lastUsedAt: row.lastUsedAt === null ? null : new Date(row.lastUsedAt),
    revokedAt: row.revokedAt === null ? null : new Date(row.revokedAt),
    organizationId: row.organizationId,
  };
}

/** Who asks; nobody gets this far without signing in. */
export function actorOf(context: RequestContext<Actor>): Actor {
  if (context.actor === null) {
    throw apiError("UNAUTHENTICATED", "Sign in first.");
  }
  return context.actor;
}
