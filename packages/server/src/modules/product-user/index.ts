export { mountProductUserRoutes } from "./product-user.routes.ts";
export { productUserResolvers } from "./product-user.resolvers.ts";
export { sealPasswordHash } from "./sealed-hash.ts";
