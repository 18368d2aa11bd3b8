import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { graphqlEnum, Node, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";

/** Reading alone, or changing as well. */
export type ApiTokenScope = "READ" | "MIGRATE";

/** The GraphQL enum of scopes. */
export const ApiTokenScopeEnum = graphqlEnum(
  "ApiTokenScope",
  "What an API token may do of what its owner may.",
  {
    READ: "Queries, subscriptions and downloads.",
    MIGRATE: "Mutations and uploads as well.",
  },
);

@Access("parent")
@ObjectType("ApiToken", {
  implements: Node,
  description: "What a script asks with in its owner's name: the owner's rights, narrowed by the scope.",
})
export class ApiTokenType extends Node {
  @Field(() => String, { description: "What it is for." })
  name: string;

  @Field(() => String, { description: "How its secret begins." })
  hint: string;

  @Field(() => ApiTokenScopeEnum, { description: "What it may do." })
  scope: ApiTokenScope;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  createdAt: Date;

  @Field(() => GraphQLDateTime, { description: "When it ends by itself." })
  expiresAt: Date;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was last used, exact to a minute; null when never.",
  })
  lastUsedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was revoked; null while it holds." })
  revokedAt: Date | null;

  /** Kept for the organization's lookup; no GraphQL field. */
  organizationId: string | null;
}

@InputType({ description: "A new API token of the viewer." })
export class CreateApiTokenInput {
  @Field(() => String, { description: "What it is for, 1 to 100 characters." })
  name: string;

  @Field(() => ApiTokenScopeEnum, { description: "What it may do." })
  scope: ApiTokenScope;

  @Field(() => Int, { description: "Days until it ends by itself, 1 to 365." })
  days: number;

  @Field(() => ID, {
    nullable: true,
    description: "The one organization it works in; every one of the viewer's when absent.",
  })
  organizationId?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Repeating a call with the same key makes no second token; the repeat answers without the secret.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "An API token of the viewer that shall end." })
export class RevokeApiTokenInput {
  @Field(() => ID, { description: "The token." })
  tokenId: string;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key gives the same answer and does nothing twice.",
  })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType({ description: "A new API token." })
export class NewApiTokenResult {
  @Field(() => ApiTokenType, { description: "The token." })
  token: ApiTokenType;

  @Field(() => String, {
    nullable: true,
    description: "Its secret, shown in this answer only; null in the answer to a repeated call.",
  })
  secret: string | null;
}

@Access("parent")
@ObjectType({ description: "The API token as it is now." })
export class ApiTokenResult {
  @Field(() => ApiTokenType, { description: "The token." })
  token: ApiTokenType;
}

export const CreateApiTokenResult = createUnionType({
  name: "CreateApiTokenResult",
  description: "The new API token, or why there is none.",
  types: () => [NewApiTokenResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : NewApiTokenResult),
});

export const RevokeApiTokenResult = createUnionType({
  name: "RevokeApiTokenResult",
  description: "The revoked API token, or why it was not revoked.",
  types: () => [ApiTokenResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : ApiTokenResult),
});
