export { grantConnections } from "./grant-connections.ts";
export { ServicesResolver } from "./services.resolver.ts";
