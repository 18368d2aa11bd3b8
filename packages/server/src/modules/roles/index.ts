export { AccessRequestService } from "./access-request.service.ts";
export { AccessRequestType } from "./access-request.types.ts";
export type { InvitationDeps } from "./invitation-rules.ts";
export { InvitationService } from "./invitation.service.ts";
export { mountInvitationRoutes } from "./invitation.routes.ts";
export { actorOf, once } from "./roles.context.ts";
export { rolesResolvers } from "./roles.resolvers.ts";
export { listRequestsToDecide } from "./viewer-roles.resolver.ts";
export { loadGrants } from "./with-rights.ts";
