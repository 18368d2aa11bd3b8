import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { graphqlEnum, Node, PageInfo, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";

export const ReviewStateEnum = graphqlEnum("ReviewState", "How far the review of an imported group is.", {
  PENDING: "Nobody decided yet; no member has the Customer role through the group.",
  PARTLY_APPROVED: "Some members have the Customer role, others wait.",
  APPROVED: "Every member has the Customer role.",
  DECLINED: "Declined; members who were not approved before stay without the Customer role.",
});
export type ReviewState = keyof typeof ReviewStateEnum;

@Access("parent")
@ObjectType("ImportedGroup", {
  implements: Node,
  description: "A group made by a copy, waiting for review: Approve gives its members the Customer role.",
})
export class ImportedGroupType extends Node {
  @Field(() => String, { description: "Its name, unique on the site." })
  name: string;

  @Field(() => ReviewStateEnum, { description: "How far the review is." })
  reviewState: ReviewState;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was decided last." })
  decidedAt: Date | null;

  @Field(() => String, { nullable: true, description: "The reason that was given for declining." })
  decisionReason: string | null;

  @Field(() => GraphQLDateTime, { description: "When the copy made it." })
  createdAt: Date;

  /** Kept for policies and lookups; no GraphQL fields. The site is the destination of the migration. */
  organizationId: string;
  siteId: string;
  migrationId: string;
  decidedBy: string | null;
}

@Access("parent")
@ObjectType("ProjectGain", { description: "A restricted service project and how many would reach it." })
export class ProjectGainType {
  @Field(() => String, { description: "Its key." })
  key: string;

  @Field(() => String, { description: "Its name." })
  name: string;

  @Field(() => Int, { description: "Waiting members who are listed in it." })
  people: number;
}

@Access("parent")
@ObjectType("GroupGains", {
  description: "What approval of the pending members gives and declining keeps missing.",
})
export class GroupGainsType {
  @Field(() => Int, {
    description: "Pending members who would gain access: active here and without the Customer role so far.",
  })
  people: number;

  @Field(() => [String], { description: "Keys of the open service projects that all of them would reach." })
  openProjects: string[];

  @Field(() => [ProjectGainType], {
    description: "Restricted service projects that the listed ones would reach.",
  })
  restrictedProjects: ProjectGainType[];

  @Field(() => Int, { description: "Requests that come within reach of a reporter or participant again." })
  requests: number;

  @Field(() => Int, { description: "Paid seats it takes; the Customer role takes none." })
  billableSeats: number;
}

@Access("parent")
@ObjectType("GroupMember", { description: "A member of an imported group." })
export class GroupMemberType {
  @Field(() => ID, { description: "Id of the account." })
  id: string;

  @Field(() => Boolean, { description: "Whether the member has the Customer role through the group." })
  approved: boolean;

  /** Kept for the lookups; no GraphQL field. */
  groupId: string;
}

@Access("parent")
@ObjectType({ description: "A member and its place in the list." })
export class GroupMemberEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => GroupMemberType, { description: "The member." })
  node: GroupMemberType;
}

@Access("parent")
@ObjectType({ description: "A page of members in the order of emails." })
export class GroupMemberConnection {
  @Field(() => [GroupMemberEdge], { description: "The members of this page." })
  edges: GroupMemberEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;

  /** Kept for the total, which is counted only on request; no GraphQL field. */
  query: { groupId: string; search: string | null; pendingOnly: boolean };
}

/** The same words wherever a mutation may be repeated safely. */
const keyDescription = "Repeating a call with the same key gives the same answer and does nothing twice.";

@InputType({ description: "Gives the Customer role to pending members of an imported group." })
export class ApproveGroupInput {
  @Field(() => ID, { description: "The group." })
  groupId: string;

  @Field(() => [ID], {
    nullable: true,
    description: "Whom; at most 1,000. All pending members when absent.",
  })
  memberIds?: string[] | null;

  @Field(() => Int, { description: "The pendingCount that was shown; another count is refused as stale." })
  expectedPending: number;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "Leaves the pending members of an imported group without the Customer role." })
export class DeclineGroupInput {
  @Field(() => ID, { description: "The group." })
  groupId: string;

  @Field(() => String, { description: "Why, for the people who will ask; at most 500 characters." })
  reason: string;

  @Field(() => Int, { description: "The pendingCount that was shown; another count is refused as stale." })
  expectedPending: number;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType({ description: "The group as it is now." })
export class ImportedGroupResult {
  @Field(() => ImportedGroupType, { description: "The group." })
  group: ImportedGroupType;
}

export const GroupDecisionResult = createUnionType({
  name: "GroupDecisionResult",
  description: "The decided group, or why nothing was decided.",
  types: () => [ImportedGroupResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : ImportedGroupResult),
});
