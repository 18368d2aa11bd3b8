import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Access } from "../../../platform/graphql/access.ts";
import { Node, RefusedType } from "../../../platform/graphql/types.ts";
import { Refused } from "../../../platform/refusal.ts";
import { ApiTokenScopeEnum, type ApiTokenScope } from "../api-token.types.ts";

const keyDescription = "Repeating a call with the same key gives the same answer and does nothing twice.";

@Access("parent")
@ObjectType("ServiceAccount", {
  implements: Node,
  description:
    "An account for programs: nobody signs in to it, no mail reaches it, API tokens ask in its name.",
})
export class ServiceAccountType extends Node {
  @Field(() => String, { description: "Its name." })
  name: string;

  @Field(() => String, { description: "What it is for; may be empty." })
  purpose: string;

  @Field(() => String, {
    description: "The address others see; it ends in .invalid and needs no verification.",
  })
  email: string;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  createdAt: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When one of its tokens was last used, exact to a minute; null when never.",
  })
  lastUsedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was removed; null while it lives." })
  removedAt: Date | null;

  /** Kept for the lookup of who made it; no GraphQL field. */
  createdById: string;
}

@InputType({ description: "A new service account." })
export class CreateServiceAccountInput {
  @Field(() => ID, { description: "The organization it works in." })
  organizationId: string;

  @Field(() => String, { description: "Its name, 1 to 100 characters." })
  name: string;

  @Field(() => String, { nullable: true, description: "What it is for, up to 300 characters." })
  purpose?: string | null;

  @Field(() => [ID], {
    description: "The sites it shall administer; none: it is an organization admin.",
  })
  siteIds: string[];

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "A service account that shall end." })
export class RemoveServiceAccountInput {
  @Field(() => ID, { description: "The service account." })
  serviceAccountId: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "A new API token of a service account." })
export class CreateServiceTokenInput {
  @Field(() => ID, { description: "The service account." })
  serviceAccountId: string;

  @Field(() => String, { description: "What it is for, 1 to 100 characters." })
  name: string;

  @Field(() => ApiTokenScopeEnum, { description: "What it may do." })
  scope: ApiTokenScope;

  @Field(() => Int, { description: "Days until it ends by itself, 1 to 365." })
  days: number;

  @Field(() => String, {
    nullable: true,
    description:
      "Repeating a call with the same key makes no second token; the repeat answers without the secret.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "An API token of a service account that shall end." })
export class RevokeServiceTokenInput {
  @Field(() => ID, { description: "The token." })
  tokenId: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType({ description: "The service account as it is now." })
export class ServiceAccountAnswer {
  @Field(() => ServiceAccountType, { description: "The service account." })
  serviceAccount: ServiceAccountType;
}

export const ServiceAccountResult = createUnionType({
  name: "ServiceAccountResult",
  description: "The service account, or why nothing was changed.",
  types: () => [ServiceAccountAnswer, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : ServiceAccountAnswer),
});
