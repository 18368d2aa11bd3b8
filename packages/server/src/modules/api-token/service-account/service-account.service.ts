import { randomBytes } from "node:crypto";
import type { EntityManager } from "../../../platform/database/orm.ts";
import { announce } from "../../../platform/events/announce.ts";
import { notFound } from "../../../platform/graphql/errors.ts";
import { orRefused, refuse, type Refused } from "../../../platform/refusal.ts";
import { appendAuditEntry } from "../../audit/index.ts";
import { insistOnOrganizationAdmin } from "../../directory/index.ts";
import { accountTopic, type Actor } from "../../sign-in/index.ts";
import { createApiToken, revokeApiToken, type MadeToken } from "../api-token.service.ts";
import { findTokenStatement } from "../sql/find-token.ts";
import type { TokenRow } from "../sql/token-columns.ts";
import { countServiceAccountsStatement } from "./sql/count-service-accounts.ts";
import { createServiceAccountStatement } from "./sql/create-service-account.ts";
import { findServiceAccountsStatement, type FoundServiceAccountRow } from "./sql/find-service-accounts.ts";
import { grantServiceRolesStatement } from "./sql/grant-service-roles.ts";
import { removeServiceAccountStatement } from "./sql/remove-service-account.ts";

/** Living service accounts of one organization at most. */
const mostServiceAccounts = 100;
const longestPurpose = 300;

/** What a service account shall be. */
export interface ServiceAccountWish {
  organizationId: string;
  name: string;
  /** What it is for; may be empty. */
  purpose: string;
  /** Sites it administers; none: it is an organization admin. */
  siteIds: readonly string[];
}

/** Makes a service account and returns its id. For organization admins in their own session. */
export async function createServiceAccount(
  em: EntityManager,
  actor: Actor,
  wish: ServiceAccountWish,
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const { organizationId } = wish;
      await insistOnOrganizationAdmin(tx, actor, organizationId, "Making a service account");
      const { name, purpose } = readWish(wish);
      const [held] = await countServiceAccountsStatement.run(tx, [organizationId]);
      if ((held?.count ?? 0) >= mostServiceAccounts) {
        refuse(
          "TOO_MANY",
          `An organization has at most ${mostServiceAccounts} service accounts. Remove one that nothing uses.`,
        );
      }
      const parameters = [organizationId, name, addressOf(name), purpose, actor.accountId];
      const [made] = await createServiceAccountStatement.run(tx, parameters);
      if (made === undefined) {
        throw new Error("The new service account was not returned");
      }
      const siteIds = [...new Set(wish.siteIds)];
      const roles = await grantServiceRolesStatement.run(tx, [made.id, organizationId, siteIds]);
      if (roles.length !== Math.max(1, siteIds.length)) {
        throw notFound();
      }
      const sites = roles.flatMap(({ siteName }) => (siteName === null ? [] : [siteName]));
      const role = sites.length === 0 ? "organization admin" : `site admin of ${sites.join(", ")}`;
      await record(
        tx,
        actor,
        { organizationId, id: made.id },
        "create",
        `made the service account ${name}, ${role}`,
        {
          name,
          purpose,
          sites,
        },
      );
      return made.id;
    }),
  );
}

/** Ends a service account: its tokens work no more and its roles are gone. Returns its id. */
export async function removeServiceAccount(
  em: EntityManager,
  actor: Actor,
  serviceAccountId: string,
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const found = await findOwn(tx, actor, serviceAccountId, "Removing a service account");
      const [removed] = await removeServiceAccountStatement.run(tx, [found.id, actor.accountId]);
      if (removed === undefined) {
        refuse("ALREADY_DONE", `The service account ${found.name} was removed before.`);
      }
      const { tokens } = removed;
      const ended = tokens === 1 ? "1 token ended" : `${tokens} tokens ended`;
      await record(tx, actor, found, "remove", `removed the service account ${found.name}; ${ended}`);
      await announce(tx, [accountTopic(found.id)]);
      return found.id;
    }),
  );
}

/** Makes a token that asks in the service account's name, within its organization. */
export async function createServiceToken(
  em: EntityManager,
  actor: Actor,
  wish: { serviceAccountId: string; name: string; scope: "READ" | "MIGRATE"; days: number },
): Promise<MadeToken | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const found = await findOwn(tx, actor, wish.serviceAccountId, "Making a token of a service account");
      if (found.removedAt !== null) {
        refuse("INVALID_STATE", `The service account ${found.name} was removed. Make a new one.`);
      }
      const owner = { accountId: found.id, email: found.email, name: found.name, grants: found.grants };
      const { name, scope, days } = wish;
      const { organizationId } = found;
      return createApiToken(tx, owner, { name, scope, days, organizationId }, actor);
    }),
  );
}

/** Ends a token of a service account. NOT_FOUND for a person's own, as for none. */
export async function revokeServiceToken(
  em: EntityManager,
  actor: Actor,
  tokenId: string,
): Promise<TokenRow | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const [token] = await findTokenStatement.run(tx, [tokenId, null]);
      if (token === undefined) {
        throw notFound();
      }
      const found = await findOwn(tx, actor, token.accountId, "Revoking a token of a service account");
      const owner = { accountId: found.id, email: found.email, name: found.name, grants: found.grants };
      return revokeApiToken(tx, owner, tokenId, actor);
    }),
  );
}

/** The service account, for an admin of its organization; strangers get the answer for what does not exist. */
async function findOwn(
  tx: EntityManager,
  actor: Actor,
  id: string,
  what: string,
): Promise<FoundServiceAccountRow> {
  const [found] = await findServiceAccountsStatement.run(tx, [[id]]);
  if (found === undefined) {
    throw notFound();
  }
  await insistOnOrganizationAdmin(tx, actor, found.organizationId, what);
  return found;
}

function readWish(wish: ServiceAccountWish): { name: string; purpose: string } {
  const name = wish.name.trim();
  if (name === "" || name.length > 100 || /\p{Cc}/u.test(name)) {
    refuse("INVALID_INPUT", "Give the service account a name of 1 to 100 characters.", { field: "name" });
  }
  const purpose = wish.purpose.trim();
  if (purpose.length > longestPurpose || /\p{Cc}/u.test(purpose)) {
    refuse("INVALID_INPUT", `Say what it is for in at most ${longestPurpose} characters, on one line.`, {
      field: "purpose",
    });
  }
  return { name, purpose };
}

/** An address that is unique and that no mail can be sent to (RFC 2606). */
function addressOf(name: string): string {
  const words = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return `${[words.slice(0, 40), randomBytes(6).toString("hex")].filter(Boolean).join("-")}@service-account.invalid`;
}

async function record(
  tx: EntityManager,
  actor: Actor,
  { organizationId, id }: { organizationId: string; id: string },
  change: "create" | "remove",
  done: string,
  after?: unknown,
): Promise<void> {
  await appendAuditEntry(tx, {
    organizationId,
    actorAccountId: actor.accountId,
    action: `service_account.${change}`,
    subjectType: "service_account",
    subjectId: id,
    summary: `${actor.name} ${done}`,
    after,
  });
}
