import { createUnionType, Field, ID, InputType, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";
import { PersonKindEnum, type PersonKind } from "./directory.enums.types.ts";
import { OrganizationType } from "./organization.types.ts";
import { PersonProfileType } from "./person.types.ts";
import { SiteType } from "./site.types.ts";

/** The same words wherever a mutation may be repeated safely. */
const keyDescription = "Repeating a call with the same key gives the same answer and does nothing twice.";

@InputType({ description: "A new site." })
export class CreateSiteInput {
  @Field(() => ID, { description: "The organization it belongs to." })
  organizationId: string;

  @Field(() => String, { description: "Its name, 1 to 100 characters." })
  name: string;

  @Field(() => String, {
    description: "3 to 40 lower-case letters, digits and hyphens, unique over all sites.",
  })
  urlName: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "Which local parts of addresses count as distribution lists and as bots." })
export class UpdateKindWordsInput {
  @Field(() => ID, { description: "The organization." })
  organizationId: string;

  @Field(() => [String], { description: "Whole local parts, such as `billing`." })
  distributionListWords: string[];

  @Field(() => [String], { description: "Whole local parts, such as `noreply`." })
  botWords: string[];

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "How plans of an organization are approved." })
export class SetApprovalPolicyInput {
  @Field(() => ID, { description: "The organization." })
  organizationId: string;

  @Field(() => Boolean, { description: "Whether a second person has to approve the same plan." })
  secondApproverRequired: boolean;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "What one address is on one site." })
export class OverridePersonKindInput {
  @Field(() => ID, { description: "The site." })
  siteId: string;

  @Field(() => ID, { description: "An Atlassian account or a portal-only account on that site." })
  profileId: string;

  @Field(() => PersonKindEnum, {
    nullable: true,
    description: "The kind; null lets the words of the organization decide.",
  })
  kind?: PersonKind | null;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "Deactivates or reactivates one identity on one site." })
export class SetActiveInput {
  @Field(() => ID, { description: "The site." })
  siteId: string;

  @Field(() => ID, { description: "An Atlassian account or a portal-only account on that site." })
  profileId: string;

  @Field(() => Boolean, { description: "True to reactivate, false to deactivate." })
  active: boolean;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType({ description: "The site as it is now." })
export class SiteResult {
  @Field(() => SiteType, { description: "The site." })
  site: SiteType;
}

@Access("parent")
@ObjectType({ description: "The organization as it is now." })
export class OrganizationResult {
  @Field(() => OrganizationType, { description: "The organization." })
  organization: OrganizationType;
}

@Access("parent")
@ObjectType({ description: "The person as they are now." })
export class PersonProfileResult {
  @Field(() => PersonProfileType, { description: "The person." })
  person: PersonProfileType;
}

export const CreateSiteResult = createUnionType({
  name: "CreateSiteResult",
  description: "The new site, or why there is none.",
  types: () => [SiteResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : SiteResult),
});

export const UpdateKindWordsResult = createUnionType({
  name: "UpdateKindWordsResult",
  description: "The organization with its new words, or why they were refused.",
  types: () => [OrganizationResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : OrganizationResult),
});

export const SetApprovalPolicyResult = createUnionType({
  name: "SetApprovalPolicyResult",
  description: "The organization with its new rule, or why it was refused.",
  types: () => [OrganizationResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : OrganizationResult),
});

export const PersonResult = createUnionType({
  name: "PersonResult",
  description: "The changed person, or why nothing was changed.",
  types: () => [PersonProfileResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : PersonProfileResult),
});

@InputType({ description: "Whose sessions shall end." })
export class EndPersonSessionsInput {
  @Field(() => ID, {
    description:
      "The organization in whose name it is done; the account is on one of its sites or has a role there.",
  })
  organizationId: string;

  @Field(() => ID, { description: "The account." })
  accountId: string;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key gives the same answer and does nothing twice.",
  })
  idempotencyKey?: string | null;
}
