import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loader } from "../../platform/graphql/loader.ts";
import { ProductType, RoleAssignmentType } from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { InvitationType } from "./invitation.types.ts";
import { mayGrant } from "./role-policy.ts";
import { actorOf } from "./roles.context.ts";
import { toInvitation } from "./roles.view.ts";
import { loadOffersStatement } from "./sql/load-offers.ts";
import { loadOwnersStatement } from "./sql/load-owners.ts";

type Context = RequestContext<Actor>;

/** Whose a product is, and whose it may become. */
@Resolver(() => ProductType)
export class ProductOwnershipResolver {
  @FieldResolver(() => RoleAssignmentType, {
    nullable: true,
    description: "Its owner; null where it never had one.",
  })
  async owner(@Root() root: ProductType, @Ctx() context: Context): Promise<RoleAssignmentType | null> {
    return loader(context, "roles.owners", async (ids) => {
      const rows = await loadOwnersStatement.run(context.em, [ids]);
      return new Map(rows.map((row) => [row.productId, row]));
    }).load(root.id);
  }

  @FieldResolver(() => InvitationType, {
    nullable: true,
    description: "The offer of its ownership that waits; null for those who could not have made it.",
  })
  async ownershipOffer(@Root() root: ProductType, @Ctx() context: Context): Promise<InvitationType | null> {
    if (!mayTransfer(context, root)) {
      return null;
    }
    return loader(context, "roles.offers", async (ids) => {
      const rows = await loadOffersStatement.run(context.em, [ids]);
      return new Map(rows.map((row) => [row.productId, toInvitation(row)]));
    }).load(root.id);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the viewer may offer its ownership and make product admins.",
  })
  viewerCanTransfer(@Root() root: ProductType, @Ctx() context: Context): boolean {
    return mayTransfer(context, root);
  }
}

function mayTransfer(context: Context, { id, organizationId }: ProductType): boolean {
  return mayGrant(actorOf(context), { role: "PRODUCT_OWNER", organizationId, siteId: null, productId: id });
}
