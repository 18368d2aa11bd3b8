import { apiError, notFound } from "../../platform/graphql/errors.ts";
import { belongsToOrganization, canAudit, type Actor } from "../sign-in/index.ts";

/** NOT_FOUND for another organization, as for none; FORBIDDEN with who can grant it for the organization's own people. */
export function refuseStrangers(actor: Actor | null, organizationId: string): void {
  if (actor === null || !belongsToOrganization(actor, organizationId)) {
    throw notFound();
  }
  const allowed = canAudit(actor, organizationId);
  if (allowed !== true) {
    throw apiError("FORBIDDEN", allowed.message);
  }
}
