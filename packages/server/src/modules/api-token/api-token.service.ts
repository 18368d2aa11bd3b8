import type { EntityManager } from "../../platform/database/orm.ts";
import { announce } from "../../platform/events/announce.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { accountTopic, belongsToOrganization, type Grant } from "../sign-in/index.ts";
import { countLiveTokensStatement } from "./sql/count-live-tokens.ts";
import { createTokenStatement } from "./sql/create-token.ts";
import { findTokenStatement } from "./sql/find-token.ts";
import { lockOwnerStatement } from "./sql/lock-owner.ts";
import { revokeTokenStatement } from "./sql/revoke-token.ts";
import type { TokenRow } from "./sql/token-columns.ts";
import { createSecret } from "./token-text.ts";

/** Days a token may live at most. */
const mostDays = 365;
const mostLiveTokens = 50;

/** Whose token it is. */
export interface TokenOwner {
  accountId: string;
  email: string;
  name: string;
  grants: Grant[];
}

/** What a token shall be. */
export interface TokenWish {
  name: string;
  scope: "READ" | "MIGRATE";
  /** 1 to 365. */
  days: number;
  /** Null: every organization in which the owner has a role. */
  organizationId: string | null;
}

/** A token just made, and its secret, which nothing can show again. */
export interface MadeToken {
  token: TokenRow;
  secret: string;
}

/**
 * Makes a token in the owner's name. For people who administer something: others have nothing that a script does.
 * @param by whom the audit log names; null for a command on the server's own machine
 */
export async function createApiToken(
  em: EntityManager,
  owner: TokenOwner,
  wish: TokenWish,
  by: Pick<TokenOwner, "accountId" | "name"> | null = owner,
): Promise<MadeToken | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const { organizationId } = wish;
      if (organizationId !== null && !belongsToOrganization(owner, organizationId)) {
        throw notFound();
      }
      const name = readWish(wish);
      const concerned = organizationsOf(owner, organizationId);
      if (concerned.length === 0) {
        refuse("NOT_PERMITTED", "API tokens are for people who administer a site or an organization.", {
          whoCanGrant: ["Organization admins"],
        });
      }
      await lockOwnerStatement.run(tx, [owner.accountId]);
      const [live] = await countLiveTokensStatement.run(tx, [owner.accountId]);
      if ((live?.count ?? 0) >= mostLiveTokens) {
        refuse("TOO_MANY", `At most ${mostLiveTokens} tokens live at a time. Revoke one that nobody uses.`);
      }
      const { secret, hint, hash } = createSecret();
      const [token] = await createTokenStatement.run(tx, [
        owner.accountId,
        name,
        hint,
        hash,
        wish.scope,
        organizationId,
        wish.days,
      ]);
      if (token === undefined) {
        throw new Error("The new token was not returned");
      }
      await recordToken(tx, token, owner, by, "create");
      return { token, secret };
    }),
  );
}

/**
 * Ends a token; sockets opened with it close. NOT_FOUND for somebody else's, as for none.
 * @param owner whose it must be, and their roles
 */
export async function revokeApiToken(
  em: EntityManager,
  owner: TokenOwner,
  tokenId: string,
  by: Pick<TokenOwner, "accountId" | "name"> | null = owner,
): Promise<TokenRow | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const [found] = await findTokenStatement.run(tx, [tokenId, owner.accountId]);
      if (found === undefined) {
        throw notFound();
      }
      const [token] = await revokeTokenStatement.run(tx, [tokenId]);
      if (token === undefined) {
        refuse("ALREADY_DONE", `The token ${found.name} was revoked before.`);
      }
      await recordToken(tx, token, owner, by, "revoke");
      await announce(tx, [accountTopic(owner.accountId)]);
      return token;
    }),
  );
}

/** The trimmed name; refuses what cannot be used. */
function readWish({ name, days }: TokenWish): string {
  const trimmed = name.trim();
  if (trimmed.length < 1 || trimmed.length > 100) {
    refuse("INVALID_INPUT", "Give the token a name of 1 to 100 characters: what it is for.", {
      field: "name",
    });
  }
  if (!Number.isInteger(days) || days < 1 || days > mostDays) {
    refuse("INVALID_INPUT", `A token lives 1 to ${mostDays} days.`, { field: "days" });
  }
  return trimmed;
}

/** The organizations whose logs tell of the token: where it gives more than reading one's own page. */
function organizationsOf({ grants }: TokenOwner, only: string | null): string[] {
  const administered = grants.filter(({ role }) => role === "ORGANIZATION_ADMIN" || role === "SITE_ADMIN");
  const ids = administered.map((grant) => grant.organizationId);
  return [...new Set(ids)].filter((id) => only === null || id === only);
}

async function recordToken(
  tx: EntityManager,
  token: TokenRow,
  owner: TokenOwner,
  by: Pick<TokenOwner, "accountId" | "name"> | null,
  change: "create" | "revoke",
): Promise<void> {
  const expiresAt = new Date(token.expiresAt).toISOString();
  const done = change === "create" ? "made" : "revoked";
  const whose = by?.accountId === owner.accountId ? "the" : `${by === null ? owner.email : owner.name}'s`;
  const who = `${by === null ? "On the server's machine:" : by.name} ${done} ${whose}`;
  for (const organizationId of organizationsOf(owner, token.organizationId)) {
    await appendAuditEntry(tx, {
      organizationId,
      actorAccountId: by?.accountId ?? null,
      action: `api_token.${change}`,
      subjectType: "api_token",
      subjectId: token.id,
      summary: `${who} API token ${token.name} (${token.hint}…, until ${expiresAt.slice(0, 10)})`,
      [change === "create" ? "after" : "before"]: {
        name: token.name,
        scope: token.scope,
        expiresAt,
        oneOrganization: token.organizationId !== null,
      },
    });
  }
}
