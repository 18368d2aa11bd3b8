import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { Node, PageInfo, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";
import { RoleEnum } from "../directory/index.ts";
import type { Role } from "../sign-in/index.ts";
import { keyDescription } from "./people.types.ts";

@Access("parent")
@ObjectType("Invitation", {
  implements: Node,
  description:
    "A role offered to an address, whether or not an account stands behind it; waiting for the answer.",
})
export class InvitationType extends Node {
  @Field(() => RoleEnum, {
    description: "The role. PRODUCT_OWNER passes from the owner when it is accepted.",
  })
  role: Role;

  @Field(() => String, { description: "The canonical address; only its account can accept." })
  email: string;

  @Field(() => Int, { description: "How many times it was sent; only the link of the last mail works." })
  generation: number;

  @Field(() => GraphQLDateTime, { description: "When the last mail was sent." })
  sentAt: Date;

  @Field(() => GraphQLDateTime, { description: "When the link ends." })
  expiresAt: Date;

  @Field(() => Boolean, { description: "Whether the link has ended; sending it again makes a new one." })
  expired: boolean;

  /** Kept for the lookups of site, product and inviter; no GraphQL fields. */
  organizationId: string;
  siteId: string | null;
  productId: string | null;
  inviterId: string;
}

@Access("parent")
@ObjectType({ description: "An invitation and its place in the list." })
export class InvitationEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => InvitationType, { description: "The invitation." })
  node: InvitationType;
}

@Access("parent")
@ObjectType({ description: "A page of invitations that wait, the newest first." })
export class InvitationConnection {
  @Field(() => [InvitationEdge], { description: "The invitations." })
  edges: InvitationEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;
}

@Access("parent")
@ObjectType("ReceivedInvitation", {
  implements: Node,
  description: "An invitation of the viewer's address. It is accepted with the link of its mail.",
})
export class ReceivedInvitationType extends Node {
  @Field(() => RoleEnum, { description: "The role." })
  role: Role;

  @Field(() => String, { description: "Name of the organization." })
  organizationName: string;

  @Field(() => String, {
    nullable: true,
    description: "Name of the site or product; null for the organization's own roles.",
  })
  placeName: string | null;

  @Field(() => String, { description: "Who sent it." })
  inviter: string;

  @Field(() => GraphQLDateTime, { description: "When the link ends." })
  expiresAt: Date;
}

@InputType({ description: "A role for an address." })
export class InviteToRoleInput {
  @Field(() => ID, { description: "The organization." })
  organizationId: string;

  @Field(() => String, { description: "The address, of an account or not." })
  email: string;

  @Field(() => RoleEnum, { description: "The role." })
  role: Role;

  @Field(() => ID, { nullable: true, description: "The site of a site admin." })
  siteId?: string | null;

  @Field(() => ID, { nullable: true, description: "The product of an owner or product admin." })
  productId?: string | null;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "The ownership of a product, offered to somebody." })
export class OfferOwnershipInput {
  @Field(() => ID, { description: "The product." })
  productId: string;

  @Field(() => String, { description: "The address of the owner to be, of an account or not." })
  email: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "One invitation." })
export class InvitationInput {
  @Field(() => ID, { description: "The invitation." })
  invitationId: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "The link of an invitation." })
export class AcceptInvitationInput {
  @Field(() => String, { description: "The last part of the link's address." })
  token: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType({ description: "The invitation as it waits now; null once it is withdrawn." })
export class InvitationResult {
  @Field(() => InvitationType, { nullable: true, description: "The invitation." })
  invitation: InvitationType | null;
}

export const ChangedInvitationResult = createUnionType({
  name: "ChangedInvitationResult",
  description: "The invitation, or why nothing changed.",
  types: () => [InvitationResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : InvitationResult),
});

@Access("parent")
@ObjectType({ description: "An invitation that was answered." })
export class AnsweredInvitation {
  @Field(() => ID, { description: "The organization it was for." })
  organizationId: string;

  @Field(() => String, { description: "The invited address." })
  email: string;
}

export const AnswerInvitationResult = createUnionType({
  name: "AnswerInvitationResult",
  description: "The answered invitation, or why it still waits.",
  types: () => [AnsweredInvitation, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : AnsweredInvitation),
});
