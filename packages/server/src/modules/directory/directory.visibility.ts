import { apiError, notFound } from "../../platform/graphql/errors.ts";
import { belongsToOrganization, canReadDirectory, type Actor } from "../sign-in/index.ts";

/**
 * The actor, if they may read the people of the organization. NOT_FOUND for another organization, as for none;
 * FORBIDDEN with who can grant it for the organization's own people.
 */
export function insistOnReader(actor: Actor | null, organizationId: string): Actor {
  if (actor === null || !belongsToOrganization(actor, organizationId)) {
    throw notFound();
  }
  const allowed = canReadDirectory(actor, organizationId);
  if (allowed !== true) {
    throw apiError("FORBIDDEN", allowed.message);
  }
  return actor;
}
