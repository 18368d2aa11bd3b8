import { createUnionType, Field, ID, InputType, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { PageInfo, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";
import { PersonRefType, RoleAssignmentType, RoleEnum } from "../directory/index.ts";
import type { Role } from "../sign-in/index.ts";

/** The same words wherever a mutation may be repeated safely. */
export const keyDescription =
  "Repeating a call with the same key gives the same answer and does nothing twice.";

@Access("parent")
@ObjectType("PersonRoles", { description: "Somebody with roles in an organization." })
export class PersonRolesType {
  @Field(() => ID, { description: "Id of the account." })
  id: string;

  @Field(() => PersonRefType, { description: "Who." })
  account: PersonRefType;

  @Field(() => [RoleAssignmentType], {
    description: "Their roles in the organization, the oldest first; only those the viewer may see.",
  })
  roles: RoleAssignmentType[];
}

@Access("parent")
@ObjectType({ description: "Somebody with roles and their place in the list." })
export class PersonRolesEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => PersonRolesType, { description: "The person." })
  node: PersonRolesType;
}

@Access("parent")
@ObjectType({ description: "A page of people with roles, in the order of emails." })
export class PersonRolesConnection {
  @Field(() => [PersonRolesEdge], { description: "The people." })
  edges: PersonRolesEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;
}

@InputType({ description: "Which people with roles; absent conditions do not narrow." })
export class PeopleFilter {
  @Field(() => String, {
    nullable: true,
    description: "Beginning of an email, or of words of a name.",
  })
  search?: string | null;

  @Field(() => RoleEnum, { nullable: true, description: "Who has this role." })
  role?: Role | null;

  @Field(() => ID, { nullable: true, description: "Who has a role on this site." })
  siteId?: string | null;

  @Field(() => ID, { nullable: true, description: "Who has a role on this product." })
  productId?: string | null;
}

@InputType({ description: "A role for somebody who has one in the organization already." })
export class GrantRoleInput {
  @Field(() => ID, { description: "The organization." })
  organizationId: string;

  @Field(() => ID, { description: "Whom to give it." })
  accountId: string;

  @Field(() => RoleEnum, { description: "The role; an owner's is transferred instead." })
  role: Role;

  @Field(() => ID, { nullable: true, description: "The site of a site admin." })
  siteId?: string | null;

  @Field(() => ID, { nullable: true, description: "The product of a product admin." })
  productId?: string | null;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "Another role in the place of one." })
export class ChangeRoleInput {
  @Field(() => ID, { description: "The role that ends." })
  roleId: string;

  @Field(() => RoleEnum, { description: "The role that begins." })
  role: Role;

  @Field(() => ID, { nullable: true, description: "The site of a site admin." })
  siteId?: string | null;

  @Field(() => ID, { nullable: true, description: "The product of a product admin." })
  productId?: string | null;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "A role that shall end." })
export class RevokeRoleInput {
  @Field(() => ID, { description: "The role." })
  roleId: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType({ description: "The person with the roles they have now." })
export class PersonRolesResult {
  @Field(() => PersonRolesType, { description: "The person." })
  person: PersonRolesType;
}

export const ChangedRolesResult = createUnionType({
  name: "ChangedRolesResult",
  description: "The person with the roles they have now, or why nothing changed.",
  types: () => [PersonRolesResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : PersonRolesResult),
});
