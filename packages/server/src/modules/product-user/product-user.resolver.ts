import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loader } from "../../platform/graphql/loader.ts";
import { loadPersonRefs, loadProducts, PersonRefType, ProductType } from "../directory/index.ts";
import {
  belongsToOrganization,
  canManageProductUsers,
  canReadProductUsers,
  type Actor,
} from "../sign-in/index.ts";
import { isUuid } from "./product-user.access.ts";
import {
  ProductUserConnection,
  ProductUserCounts,
  ProductUserFilter,
  ProductUserType,
} from "./product-user.types.ts";
import { toProductUser } from "./product-user.view.ts";
import { countMatchingUsersStatement } from "./sql/count-matching-users.ts";
import { countProductUsersStatement } from "./sql/count-product-users.ts";
import { listProductUsersStatement } from "./sql/list-product-users.ts";

type Context = RequestContext<Actor>;

const longestSearch = 200;

/** A product and its users, for its owner, its product admins and organization admins. */
@Resolver(() => ProductType)
export class ProductUsersResolver {
  @Access("signed-in")
  @Query(() => ProductType, {
    nullable: true,
    description: "A product of an organization in which the viewer has a role; null otherwise.",
  })
  async product(
    @Ctx() context: Context,
    @Arg("id", () => ID, { description: "The product." }) id: string,
  ): Promise<ProductType | null> {
    const product = isUuid(id) ? await loadProducts(context).load(id) : null;
    const { actor } = context;
    const belongs =
      product !== null && actor !== null && belongsToOrganization(actor, product.organizationId);
    return belongs ? product : null;
  }

  @FieldResolver(() => ProductUserConnection, {
    nullable: true,
    description: "Its logins; null for a viewer who may not see them.",
  })
  async users(
    @Root() root: ProductType,
    @Ctx() context: Context,
    @Arg("first", () => Int, { nullable: true, defaultValue: 25, description: "Page size, 1–100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." }) after:
      | string
      | null,
    @Arg("filter", () => ProductUserFilter, { nullable: true, description: "Which ones; all unless told." })
    filter: ProductUserFilter | null,
  ): Promise<ProductUserConnection | null> {
    const size = pageSize(first, 25);
    const key = decodeCursor(after, 2)?.map(String) ?? [null, null];
    if (!mayRead(context, root)) {
      return null;
    }
    const filterParameters = [
      root.id,
      searchPattern(filter?.search),
      filter?.kind ?? null,
      filter?.flagged ?? null,
      filter?.active ?? null,
    ];
    const rows = await listProductUsersStatement.run(context.em, [...filterParameters, ...key, size + 1]);
    const page = toPage(rows, size, after, ({ email, loginName }) => [email, loginName], toProductUser);
    return { ...page, filterParameters };
  }

  @FieldResolver(() => ProductUserCounts, {
    nullable: true,
    description: "How many logins it has; null for a viewer who may not see them.",
  })
  async userCounts(@Root() root: ProductType, @Ctx() context: Context): Promise<ProductUserCounts | null> {
    if (!mayRead(context, root)) {
      return null;
    }
    return loader(context, "productUser.counts", async (ids) => {
      const rows = await countProductUsersStatement.run(context.em, [ids]);
      return new Map(rows.map((row) => [row.productId, row]));
    }).load(root.id);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the viewer may upload its users and decide about its bots.",
  })
  viewerCanManageUsers(@Root() { id, organizationId }: ProductType, @Ctx() { actor }: Context): boolean {
    return actor !== null && canManageProductUsers(actor, { id, organizationId }) === true;
  }
}

/** How many logins match, counted only when it is asked for. */
@Resolver(() => ProductUserConnection)
export class ProductUserConnectionResolver {
  @FieldResolver(() => Int, { description: "Logins that match." })
  async totalCount(@Root() root: ProductUserConnection, @Ctx() context: Context): Promise<number> {
    const [row] = await countMatchingUsersStatement.run(context.em, root.filterParameters);
    return row?.count ?? 0;
  }
}

/** Whose a login is. */
@Resolver(() => ProductUserType)
export class ProductUserResolver {
  @FieldResolver(() => PersonRefType, { nullable: true, description: "The account it is linked to." })
  async account(
    @Root() { accountId }: ProductUserType,
    @Ctx() context: Context,
  ): Promise<PersonRefType | null> {
    return accountId === null ? null : loadPersonRefs(context).load(accountId);
  }
}

function mayRead({ actor }: Context, { id, organizationId }: ProductType): boolean {
  return actor !== null && canReadProductUsers(actor, { id, organizationId }) === true;
}

/** Anywhere in the text, its wildcards escaped; null for an empty one. */
function searchPattern(text: string | null | undefined): string | null {
  const trimmed = (text ?? "").trim().slice(0, longestSearch);
  return trimmed === "" ? null : `%${trimmed.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
