import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { Node } from "../../platform/graphql/types.ts";
import { AccountTypeEnum, type AccountType } from "./directory.enums.types.ts";

@Access("parent")
@ObjectType("PersonProfile", {
  implements: Node,
  description: "A person's profile: an Atlassian account or a portal-only account.",
})
export class PersonProfileType extends Node {
  @Field(() => String, { description: "Canonical email." })
  email: string;

  @Field(() => String, { description: "Full name; empty when it was never given." })
  name: string;

  @Field(() => AccountTypeEnum, { description: "PORTAL_ONLY or ATLASSIAN_ACCOUNT." })
  type: AccountType;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  createdAt: Date;

  @Field(() => String, {
    nullable: true,
    description:
      "Who manages the account through its domain: the organization's name, `Another organization` when it is none of the viewer's, null when nobody does.",
  })
  managedBy: string | null;
}

@Access("parent")
@ObjectType("SitePresence", { description: "One identity on one site and what it reaches there." })
export class SitePresenceType {
  @Field(() => AccountTypeEnum, { description: "PORTAL_ONLY or ATLASSIAN_ACCOUNT." })
  type: AccountType;

  @Field(() => Boolean, { description: "False when deactivated or revoked on this site." })
  active: boolean;

  @Field(() => Boolean, {
    description: "Whether the account has the Customer role here, directly or through an approved group.",
  })
  customerRole: boolean;

  @Field(() => [String], {
    description: "Names of the account's groups here; a group that waits for review or was declined says so.",
  })
  groups: string[];

  @Field(() => Boolean, {
    description:
      "Whether sign-in with this email ends here; false for a portal-only account beside an Atlassian account.",
  })
  resolvesSignIn: boolean;

  @Field(() => Int, { description: "Requests reported by this identity, reachable or not." })
  requestCount: number;

  /** Kept for the lookups; no GraphQL fields. Exactly one of the two identity ids is set. */
  siteId: string;
  accountId: string | null;
  portalCustomerId: string | null;
}

@Access("parent")
@ObjectType("ReachableProject", { description: "A service project and whether somebody reaches it." })
export class ReachableProjectType {
  @Field(() => String, { description: "Its key." })
  key: string;

  @Field(() => String, { description: "Its name." })
  name: string;

  @Field(() => Boolean, { description: "Whether it is reached." })
  reachable: boolean;

  @Field(() => String, { description: "Why, or why not." })
  why: string;
}

@Access("parent")
@ObjectType("ReachableRequest", { description: "A request somebody reported or takes part in." })
export class ReachableRequestType {
  @Field(() => String, { description: "Its key." })
  key: string;

  @Field(() => String, { description: "What it is about." })
  summary: string;

  @Field(() => String, { description: "Key of its service project." })
  projectKey: string;

  @Field(() => Boolean, { description: "Whether it is reached." })
  reachable: boolean;

  @Field(() => String, { description: "`Reporter` or `Participant`." })
  relation: string;

  @Field(() => GraphQLDateTime, { description: "When it was raised." })
  createdAt: Date;
}
