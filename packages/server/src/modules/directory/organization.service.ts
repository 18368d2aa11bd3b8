import { LockMode } from "@mikro-orm/core";
import type { EntityManager } from "../../platform/database/orm.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { orRefused, refuse, type Refused } from "../../platform/refusal.ts";
import { appendAuditEntry } from "../audit/index.ts";
import { belongsToOrganization, isOrganizationAdmin, type Actor } from "../sign-in/index.ts";
import { listAdministrators } from "./administrators.ts";
import { readKindWords } from "./kind-words.ts";
import { Organization } from "./organization.entity.ts";
import { readSiteName, readUrlName } from "./site-name.ts";
import { createSiteStatement } from "./sql/create-site.ts";

/** Makes a site in the organization and returns its id. For organization admins. */
export async function createSite(
  em: EntityManager,
  actor: Actor,
  input: { organizationId: string; name: string; urlName: string },
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      await insistOnOrganizationAdmin(tx, actor, input.organizationId, "Making a site");
      const name = readSiteName(input.name);
      const urlName = readUrlName(input.urlName);
      const [site] = await createSiteStatement.run(tx, [input.organizationId, name, urlName]);
      if (site === undefined) {
        refuse("ALREADY_EXISTS", `The URL name ${urlName} is taken. Choose another one.`, {
          field: "urlName",
        });
      }
      await appendAuditEntry(tx, {
        organizationId: input.organizationId,
        actorAccountId: actor.accountId,
        action: "site.create",
        subjectType: "site",
        subjectId: site.id,
        summary: `${actor.name} made the site ${name} (${urlName})`,
        after: { name, urlName },
      });
      return site.id;
    }),
  );
}

/** Sets the local parts that count as distribution lists and bots; returns the organization's id. For organization admins. */
export async function updateKindWords(
  em: EntityManager,
  actor: Actor,
  input: { organizationId: string; distributionListWords: string[]; botWords: string[] },
): Promise<string | Refused> {
  return orRefused(() =>
    em.transactional(async (tx) => {
      await insistOnOrganizationAdmin(tx, actor, input.organizationId, "Changing these words");
      const words = readKindWords(input);
      const organization = await tx.findOneOrFail(
        Organization,
        { id: input.organizationId },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      const { distributionListWords, botWords } = organization;
      organization.distributionListWords = words.distributionListWords;
      organization.botWords = words.botWords;
      await appendAuditEntry(tx, {
        organizationId: organization.id,
        actorAccountId: actor.accountId,
        action: "organization.update_kind_words",
        subjectType: "organization",
        subjectId: organization.id,
        summary: `${actor.name} changed which addresses count as distribution lists and bots`,
        before: { distributionListWords, botWords },
        after: words,
      });
      return organization.id;
    }),
  );
}

/** Ends the transaction unless the actor administers the organization; strangers get the answer for what does not exist. */
export async function insistOnOrganizationAdmin(
  em: EntityManager,
  actor: Actor,
  organizationId: string,
  what: string,
): Promise<void> {
  if (!belongsToOrganization(actor, organizationId)) {
    throw notFound();
  }
  if (!isOrganizationAdmin(actor, organizationId)) {
    const [whoCanGrant = []] = await listAdministrators(em, [{ organizationId, siteId: null }]);
    refuse("NOT_PERMITTED", `${what} needs an organization admin. Ask one of the organization's admins.`, {
      whoCanGrant,
    });
  }
}
