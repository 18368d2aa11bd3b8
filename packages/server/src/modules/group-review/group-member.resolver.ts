import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loadPersonRefs, PersonRefType } from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { loadMemberReach } from "./group-review.loaders.ts";
import { GroupMemberConnection, GroupMemberType } from "./group-review.types.ts";
import { countMembers } from "./member-list.ts";

/** Who a member is and what the Customer role gives them. */
@Resolver(() => GroupMemberType)
export class GroupMemberResolver {
  @FieldResolver(() => PersonRefType, { description: "The account." })
  async account(
    @Root() root: GroupMemberType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<PersonRefType | null> {
    return loadPersonRefs(context).load(root.id);
  }

  @FieldResolver(() => [String], {
    description: "Keys of the service projects the member reaches with the Customer role.",
  })
  async projects(@Root() root: GroupMemberType, @Ctx() context: RequestContext<Actor>): Promise<string[]> {
    return (await loadMemberReach(context, root)).projects;
  }

  @FieldResolver(() => Int, { description: "Requests the member reaches with the Customer role." })
  async requests(@Root() root: GroupMemberType, @Ctx() context: RequestContext<Actor>): Promise<number> {
    return (await loadMemberReach(context, root)).requests;
  }
}

/** The total is counted only when it is asked for. */
@Resolver(() => GroupMemberConnection)
export class GroupMemberConnectionResolver {
  @FieldResolver(() => Int, { description: "Members that match." })
  async totalCount(
    @Root() root: GroupMemberConnection,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<number> {
    return countMembers(context, root.query);
  }
}
