import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, ID, InputType, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { graphqlEnum, Node, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";
import { keyDescription } from "./people.types.ts";
import type { Wish } from "./role-policy.ts";
import type { RequestRow } from "./sql/request-columns.ts";

export const AccessWishEnum = graphqlEnum<Wish>("AccessWish", "What somebody asks for.", {
  SITE_ADMIN: "The site admin role of a site.",
  SITE_ACCESS: "Being on a site with their account, without the Customer role.",
  PRODUCT_ADMIN: "The product admin role of a product.",
});

export const AccessRequestStateEnum = graphqlEnum<RequestRow["state"]>(
  "AccessRequestState",
  "What became of a request for access.",
  {
    PENDING: "It waits for somebody who can grant it.",
    APPROVED: "It was granted.",
    DECLINED: "It was not granted.",
    WITHDRAWN: "Whoever asked took it back, or left the organization.",
  },
);

@Access("parent")
@ObjectType("AccessRequest", {
  implements: Node,
  description: "Somebody of the organization asks for access.",
})
export class AccessRequestType extends Node {
  @Field(() => AccessWishEnum, { description: "What they ask for." })
  wish: Wish;

  @Field(() => String, { description: "Why, in their words." })
  reason: string;

  @Field(() => AccessRequestStateEnum, { description: "Where it stands." })
  state: RequestRow["state"];

  @Field(() => GraphQLDateTime, { description: "When they asked." })
  createdAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was decided or withdrawn." })
  decidedAt: Date | null;

  @Field(() => String, { nullable: true, description: "The decider's words." })
  decisionReason: string | null;

  /** Kept for the lookups of place and people; no GraphQL fields. */
  organizationId: string;
  siteId: string | null;
  productId: string | null;
  accountId: string;
  deciderId: string | null;
}

@InputType({ description: "What the viewer asks for." })
export class RequestAccessInput {
  @Field(() => AccessWishEnum, { description: "What." })
  wish: Wish;

  @Field(() => ID, { nullable: true, description: "The site; for the wishes about sites." })
  siteId?: string | null;

  @Field(() => ID, { nullable: true, description: "The product; for PRODUCT_ADMIN." })
  productId?: string | null;

  @Field(() => String, { description: "Why, 1 to 500 characters; whoever decides reads it." })
  reason: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "One request for access." })
export class WithdrawAccessRequestInput {
  @Field(() => ID, { description: "The request." })
  requestId: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "A request that is granted." })
export class ApproveAccessRequestInput {
  @Field(() => ID, { description: "The request." })
  requestId: string;

  @Field(() => String, { nullable: true, description: "Words for whoever asked." })
  reason?: string | null;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "A request that is not granted." })
export class DeclineAccessRequestInput {
  @Field(() => ID, { description: "The request." })
  requestId: string;

  @Field(() => String, { description: "Why, 1 to 500 characters; whoever asked reads it." })
  reason: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType({ description: "The request as it stands now." })
export class AccessRequestResult {
  @Field(() => AccessRequestType, { description: "The request." })
  request: AccessRequestType;
}

export const ChangedAccessRequestResult = createUnionType({
  name: "ChangedAccessRequestResult",
  description: "The request as it stands now, or why nothing changed.",
  types: () => [AccessRequestResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : AccessRequestResult),
});
