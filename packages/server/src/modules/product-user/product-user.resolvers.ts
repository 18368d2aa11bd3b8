import { ProductUserMutationResolver } from "./product-user-mutation.resolver.ts";
import {
  ProductUserConnectionResolver,
  ProductUserResolver,
  ProductUsersResolver,
} from "./product-user.resolver.ts";
import type { ProductUserDeps } from "./product-user.service.ts";

/** Every resolver of product users, the fields of Product included. */
export function productUserResolvers(deps: ProductUserDeps): object[] {
  return [
    new ProductUsersResolver(),
    new ProductUserConnectionResolver(),
    new ProductUserResolver(),
    new ProductUserMutationResolver(deps),
  ];
}
