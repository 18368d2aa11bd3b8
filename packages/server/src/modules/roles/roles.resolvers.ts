import { AccessRequestResolver } from "./access-request.resolver.ts";
import { AccessRequestService } from "./access-request.service.ts";
import { AcceptanceService } from "./accept-invitation.ts";
import { InvitationResolver } from "./invitation.resolver.ts";
import type { InvitationDeps } from "./invitation-rules.ts";
import { InvitationService } from "./invitation.service.ts";
import { PeopleResolver, RoleRightsResolver } from "./people.resolver.ts";
import { ProductOwnershipResolver } from "./product-ownership.resolver.ts";
import { ViewerRolesResolver } from "./viewer-roles.resolver.ts";

/** Instances of every resolver of roles. */
export function rolesResolvers(deps: InvitationDeps): object[] {
  const invitations = new InvitationService(deps);
  return [
    new PeopleResolver(),
    new RoleRightsResolver(),
    new InvitationResolver(invitations, new AcceptanceService(deps, invitations)),
    new ProductOwnershipResolver(),
    new AccessRequestResolver(new AccessRequestService(deps.outbox)),
    new ViewerRolesResolver(),
  ];
}
