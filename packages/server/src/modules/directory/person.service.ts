import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { canReadDirectory, endSessionsOf, isSiteAdmin, type Actor } from "../sign-in/index.ts";
import { listAdministrators } from "./administrators.ts";
import type { PersonKind } from "./directory.enums.types.ts";
import { insistOnOrganizationAdmin } from "./organization.service.ts";
import { findMemberStatement } from "./sql/find-member.ts";
import { lockIdentityStatement, type LockedIdentity } from "./sql/lock-identity.ts";
import { setActiveStatement } from "./sql/set-active.ts";
import { setPersonKindStatement } from "./sql/set-person-kind.ts";

/** An identity on a site: an account or a portal-only account. */
export interface IdentityOnSite {
  siteId: string;
  profileId: string;
}

/** Says what an address is on a site, or with null leaves it to the words again. Returns the profile's id. For site admins. */
export async function overridePersonKind(
  em: EntityManager,
  actor: Actor,
  input: IdentityOnSite & { kind: PersonKind | null },
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const identity = await lockIdentity(tx, actor, input, "Saying what an address is");
      const changed = await setPersonKindStatement.run(tx, [input.siteId, input.profileId, input.kind]);
      if (changed.length === 0) {
        refuse("ALREADY_DONE", `${identity.email} is already marked so on ${identity.siteName}.`);
      }
      await audit(tx, actor, input, identity, {
        action: "person.override_kind",
        summary:
          input.kind === null
            ? `${actor.name} left what ${identity.email} is on ${identity.siteName} to the words of the organization`
            : `${actor.name} marked ${identity.email} on ${identity.siteName} as ${kindWords[input.kind]}`,
        before: { kind: identity.kind },
        after: { kind: input.kind },
      });
      return input.profileId;
    }),
  );
}

/** Deactivates or reactivates an identity on one site. Returns the profile's id. For site admins. */
export async function setActive(
  em: EntityManager,
  actor: Actor,
  input: IdentityOnSite & { active: boolean },
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const identity = await lockIdentity(tx, actor, input, "Deactivating and reactivating people");
      if (input.active && identity.closed) {
        refuse(
          "INVALID_STATE",
          `The account of ${identity.email} was closed, as its owner had asked. An organization admin opens it again on its profile, then it can be reactivated here.`,
        );
      }
      const state = input.active ? "active" : "deactivated";
      const changed = await setActiveStatement.run(tx, [input.siteId, input.profileId, input.active]);
      if (changed.length === 0) {
        refuse("ALREADY_DONE", `${identity.email} is already ${state} on ${identity.siteName}.`);
      }
      await audit(tx, actor, input, identity, {
        action: input.active ? "person.reactivate" : "person.deactivate",
        summary: `${actor.name} ${input.active ? "reactivated" : "deactivated"} ${identity.email} on ${identity.siteName}`,
        before: { active: identity.active },
        after: { active: input.active },
      });
      return input.profileId;
    }),
  );
}

/**
 * Signs an account out everywhere, on every site and in every organization: a session is of the account. Returns the
 * profile's id. For organization admins of an organization where the account is.
 */
export async function endPersonSessions(
  em: EntityManager,
  actor: Actor,
  input: { organizationId: string; accountId: string },
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      const { accountId, organizationId } = input;
      await insistOnOrganizationAdmin(tx, actor, organizationId, "Ending somebody's sessions");
      const [found] = await findMemberStatement.run(tx, [organizationId, accountId]);
      if (found === undefined) {
        throw notFound();
      }
      const ended = await endSessionsOf(tx, [accountId]);
      await appendAuditEntry(tx, {
        organizationId,
        actorAccountId: actor.accountId,
        action: "person.end_sessions",
        subjectType: "account",
        subjectId: accountId,
        summary: `${actor.name} ended every session of ${found.email}`,
        after: { sessions: ended.sessions, rememberedBrowsers: ended.devices, links: ended.links },
      });
      return accountId;
    }),
  );
}

const kindWords: Record<PersonKind, string> = {
  PERSON: "a person",
  DISTRIBUTION_LIST: "a distribution list",
  BOT: "a bot",
};

/** NOT_FOUND unless the actor could see the person; then a refusal unless they administer the site. */
async function lockIdentity(
  tx: EntityManager,
  actor: Actor,
  { siteId, profileId }: IdentityOnSite,
  what: string,
): Promise<LockedIdentity> {
  const [identity] = await lockIdentityStatement.run(tx, [siteId, profileId]);
  if (identity === undefined || canReadDirectory(actor, identity.organizationId) !== true) {
    throw notFound();
  }
  const { organizationId, siteName } = identity;
  if (!isSiteAdmin(actor, { id: siteId, organizationId })) {
    const [whoCanGrant = []] = await listAdministrators(tx, [{ organizationId, siteId }]);
    refuse("NOT_PERMITTED", `${what} on ${siteName} needs a site admin of it.`, { whoCanGrant });
  }
  return identity;
}

async function audit(
  tx: EntityManager,
  actor: Actor,
  { siteId, profileId }: IdentityOnSite,
  identity: LockedIdentity,
  change: { action: string; summary: string; before: object; after: object },
): Promise<void> {
  await appendAuditEntry(tx, {
    organizationId: identity.organizationId,
    actorAccountId: actor.accountId,
    action: change.action,
    subjectType: identity.type === "PORTAL_ONLY" ? "portal-only account" : "account",
    subjectId: profileId,
    summary: change.summary,
    before: { siteId, ...change.before },
    after: { siteId, ...change.after },
  });
}
