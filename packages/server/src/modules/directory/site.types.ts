import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { Node } from "../../platform/graphql/types.ts";
import { ProjectAccessEnum, type ProjectAccess } from "./directory.enums.types.ts";

@Access("parent")
@ObjectType("Site", { implements: Node, description: "A URL name in an organization." })
export class SiteType extends Node {
  @Field(() => String, { description: "Its name." })
  name: string;

  @Field(() => String, {
    description: "The part of the address that names it; unique over all organizations.",
  })
  urlName: string;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  createdAt: Date;

  /** Kept for policies and lookups; no GraphQL field. */
  organizationId: string;
}

@Access("parent")
@ObjectType("SiteCounts", { description: "How many people and requests a site has, counted exactly." })
export class SiteCountsType {
  @Field(() => Int, { description: "Atlassian accounts present on the site." })
  accounts: number;

  @Field(() => Int, {
    description: "Of these, the ones with the Customer role, directly or through an approved group.",
  })
  accountsWithCustomerRole: number;

  @Field(() => Int, { description: "Portal-only accounts." })
  portalCustomers: number;

  @Field(() => Int, { description: "Identities of either type that are deactivated or revoked here." })
  deactivated: number;

  @Field(() => Int, { description: "Requests." })
  requests: number;

  @Field(() => Int, { description: "Emails that exist here as both types." })
  bothTypes: number;
}

@Access("parent")
@ObjectType("ServiceProject", { implements: Node, description: "A service desk's project." })
export class ServiceProjectType extends Node {
  @Field(() => String, { description: "Its key, unique on the site." })
  key: string;

  @Field(() => String, { description: "Its name." })
  name: string;

  @Field(() => ProjectAccessEnum, { description: "Who of the site's customers reaches it." })
  access: ProjectAccess;
}
