import type { EntityManager } from "../../platform/database/orm.ts";
import type { StatementRunner } from "../../platform/database/statement.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { orRefused, type Refused } from "../../platform/refusal.ts";
import { belongsToOrganization, type Actor, type Grant } from "../sign-in/index.ts";
import { loadGrantsStatement } from "./sql/load-grants.ts";
import { lockRolesStatement } from "./sql/lock-roles.ts";

/**
 * Runs a change of roles in a transaction, after every other one of the organization, with the actor as they are by
 * then: who was an admin when the request came in and is none any more does nothing. NOT_FOUND for strangers.
 */
export async function withRights<T>(
  em: EntityManager,
  actor: Actor,
  organizationId: string,
  work: (tx: EntityManager, actor: Actor) => Promise<T>,
): Promise<T | Refused> {
  if (!belongsToOrganization(actor, organizationId)) {
    throw notFound();
  }
  return orRefused(() =>
    em.transactional(async (tx) => {
      await lockRoles(tx, organizationId);
      const fresh = { ...actor, grants: await loadGrants(tx, actor.accountId, organizationId) };
      if (!belongsToOrganization(fresh, organizationId)) {
        throw notFound();
      }
      return work(tx, fresh);
    }),
  );
}

/** Waits until no other transaction changes roles of the organization, and keeps others waiting. */
export async function lockRoles(tx: StatementRunner, organizationId: string): Promise<void> {
  await lockRolesStatement.run(tx, [organizationId]);
}

/** The roles that an account has in the organization now. */
export async function loadGrants(
  em: StatementRunner,
  accountId: string,
  organizationId: string,
): Promise<Grant[]> {
  return loadGrantsStatement.run(em, [accountId, organizationId]);
}
