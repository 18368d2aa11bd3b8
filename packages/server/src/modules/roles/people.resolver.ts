import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import { parseDirectorySearch, RoleAssignmentType } from "../directory/index.ts";
import { canReadDirectory, type Actor } from "../sign-in/index.ts";
import {
  ChangedRolesResult,
  ChangeRoleInput,
  GrantRoleInput,
  PeopleFilter,
  PersonRolesConnection,
  PersonRolesResult,
  RevokeRoleInput,
} from "./people.types.ts";
import { mayGrant } from "./role-policy.ts";
import { changeRole, grantRole, revokeRole, type ChangedPerson } from "./role.service.ts";
import { actorOf, insistOnPeopleReader, once } from "./roles.context.ts";
import { toPersonRoles } from "./roles.view.ts";
import { listPeopleStatement } from "./sql/list-people.ts";
import { loadPersonRolesStatement } from "./sql/load-person-roles.ts";

type Context = RequestContext<Actor>;

/** Who has which role, and changing that. */
@Resolver()
export class PeopleResolver {
  @Access("signed-in")
  @Query(() => PersonRolesConnection, {
    description:
      "People with roles in the organization; for its site and organization admins. An owner sees those of their product by filtering for it.",
  })
  async peopleWithRoles(
    @Ctx() context: Context,
    @Arg("organizationId", () => ID, { description: "The organization." }) organizationId: string,
    @Arg("filter", () => PeopleFilter, { nullable: true, description: "Which people." })
    filter: PeopleFilter | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: 50, description: "Page size, 1–100." })
    first: number | null,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." })
    after: string | null,
  ): Promise<PersonRolesConnection> {
    const { productId = null, role = null, search, siteId = null } = filter ?? {};
    const actor = insistOnPeopleReader(context, organizationId, productId);
    const size = pageSize(first);
    const [email = null] = decodeCursor(after, 1) ?? [];
    const wanted = parseDirectorySearch(search);
    const rows = await listPeopleStatement.run(context.em, [
      organizationId,
      // Who is no reader of the directory sees the one product alone.
      canReadDirectory(actor, organizationId) === true ? null : productId,
      role,
      siteId,
      productId,
      wanted?.emailPattern ?? null,
      wanted?.nameQuery ?? null,
      email === null ? null : String(email),
      size + 1,
    ]);
    return toPage(rows, size, after, (row) => [row.email], toPersonRoles);
  }

  @Access("session")
  @Mutation(() => ChangedRolesResult, {
    description: "Gives a role to somebody of the organization; for whoever may give it. Others are invited.",
  })
  async grantRole(
    @Ctx() context: Context,
    @Arg("input", () => GrantRoleInput, { description: "Whom and which." }) input: GrantRoleInput,
  ): Promise<PersonRolesResult | Refused> {
    return show(context, await once(context, "grantRole", input, (em, actor) => grantRole(em, actor, input)));
  }

  @Access("session")
  @Mutation(() => ChangedRolesResult, {
    description: "Puts another role in the place of one; for whoever may give both.",
  })
  async changeRole(
    @Ctx() context: Context,
    @Arg("input", () => ChangeRoleInput, { description: "Which, and what it becomes." })
    input: ChangeRoleInput,
  ): Promise<PersonRolesResult | Refused> {
    return show(
      context,
      await once(context, "changeRole", input, (em, actor) => changeRole(em, actor, input)),
    );
  }

  @Access("session")
  @Mutation(() => ChangedRolesResult, {
    description:
      "Takes a role away, at once; for whoever may give it, and for its holder. The last organization admin and a product's owner stay.",
  })
  async revokeRole(
    @Ctx() context: Context,
    @Arg("input", () => RevokeRoleInput, { description: "Which." }) input: RevokeRoleInput,
  ): Promise<PersonRolesResult | Refused> {
    return show(
      context,
      await once(context, "revokeRole", input, (em, actor) => revokeRole(em, actor, input)),
    );
  }
}

/** What the viewer may do with a role. */
@Resolver(() => RoleAssignmentType)
export class RoleRightsResolver {
  @FieldResolver(() => Boolean, {
    description: "Whether the viewer may give this role there, and so change it. An owner's is transferred.",
  })
  viewerCanChange(@Root() root: RoleAssignmentType, @Ctx() context: Context): boolean {
    return root.role !== "PRODUCT_OWNER" && mayGrant(actorOf(context), root);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the viewer may take it away, or give it up where it is their own.",
  })
  viewerCanRevoke(@Root() root: RoleAssignmentType, @Ctx() context: Context): boolean {
    const actor = actorOf(context);
    return root.role !== "PRODUCT_OWNER" && (root.accountId === actor.accountId || mayGrant(actor, root));
  }
}

async function show(
  { actor, em }: Context,
  changed: ChangedPerson | Refused,
): Promise<PersonRolesResult | Refused> {
  if (isRefused(changed)) {
    return changed;
  }
  const { accountId, organizationId } = changed;
  const [person] = await loadPersonRolesStatement.run(em, [accountId, organizationId]);
  if (person === undefined || actor === null) {
    throw notFound();
  }
  const isReader = canReadDirectory(actor, organizationId) === true;
  const roles = person.roles.filter(
    (role) => isReader || accountId === actor.accountId || mayGrant(actor, role),
  );
  return { person: toPersonRoles({ ...person, roles }) };
}
