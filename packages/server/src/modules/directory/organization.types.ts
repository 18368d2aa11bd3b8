import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { Node } from "../../platform/graphql/types.ts";
import type { Role } from "../sign-in/index.ts";
import { HostingEnum, RoleEnum } from "./directory.enums.types.ts";

@Access("parent")
@ObjectType("PersonRef", { description: "An Atlassian account as others mention it." })
export class PersonRefType {
  @Field(() => ID, { description: "Id of the account." })
  id: string;

  @Field(() => String, { description: "Full name; empty when it was never given." })
  name: string;

  @Field(() => String, { description: "Canonical email." })
  email: string;
}

@Access("parent")
@ObjectType("Organization", {
  implements: Node,
  description: "The container of sites, domains and policies. Nothing of one is visible to another.",
})
export class OrganizationType extends Node {
  @Field(() => String, { description: "Its name." })
  name: string;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  createdAt: Date;

  @Field(() => [String], {
    description:
      "Local parts of addresses that count as distribution lists, unless a person's kind says otherwise.",
  })
  distributionListWords: string[];

  @Field(() => [String], {
    description: "Local parts of addresses that count as bots, unless a person's kind says otherwise.",
  })
  botWords: string[];

  @Field(() => Boolean, {
    description: "Whether a plan is sealed only after a second person approved the same fingerprint.",
  })
  secondApproverRequired: boolean;
}

@Access("parent")
@ObjectType("Product", { implements: Node, description: "A product instance of the organization." })
export class ProductType extends Node {
  @Field(() => String, { description: "Its name." })
  name: string;

  @Field(() => String, { description: "Which product it is, such as `JIRA` or `STATUSPAGE`." })
  kind: string;

  @Field(() => HostingEnum, { description: "Where it runs." })
  hosting: string;

  /** Kept for the site's lookup and the rules; no GraphQL fields. */
  organizationId: string;
  siteId: string | null;
}

@Access("parent")
@ObjectType("RoleAssignment", { implements: Node, description: "One role of one account." })
export class RoleAssignmentType extends Node {
  @Field(() => RoleEnum, { description: "The role." })
  role: Role;

  /** Kept for the lookups of account, site and product; no GraphQL fields. */
  accountId: string;
  organizationId: string;
  siteId: string | null;
  productId: string | null;
}
