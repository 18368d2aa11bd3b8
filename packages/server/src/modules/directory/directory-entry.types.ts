import { Field, ID, InputType, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { PageInfo } from "../../platform/graphql/types.ts";
import {
  AccountTypeEnum,
  PersonKindEnum,
  type AccountType,
  type PersonKind,
} from "./directory.enums.types.ts";

@Access("parent")
@ObjectType("DirectoryEntry", {
  description: "One line of the directory: one identity of one person on one site.",
})
export class DirectoryEntryType {
  @Field(() => ID, { description: "Opaque id of this line." })
  id: string;

  @Field(() => String, { description: "Canonical email." })
  email: string;

  @Field(() => String, { description: "Full name; empty when it was never given." })
  name: string;

  @Field(() => AccountTypeEnum, { description: "PORTAL_ONLY or ATLASSIAN_ACCOUNT." })
  type: AccountType;

  @Field(() => Boolean, { description: "False when deactivated or revoked on this site." })
  active: boolean;

  @Field(() => Boolean, {
    description: "Whether the account has the Customer role here, directly or through an approved group.",
  })
  customerRole: boolean;

  @Field(() => PersonKindEnum, {
    nullable: true,
    description: "What somebody said the address is; null when nobody did.",
  })
  kind: PersonKind | null;

  @Field(() => Boolean, { description: "Whether the same email has the other type on this site too." })
  duplicate: boolean;

  @Field(() => ID, { description: "Opens account(id:) or portalCustomer(id:)." })
  profileId: string;

  /** Kept for the site's lookup; no GraphQL field. */
  siteId: string;
}

@Access("parent")
@ObjectType({ description: "A directory entry and its place in the list." })
export class DirectoryEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => DirectoryEntryType, { description: "The entry." })
  node: DirectoryEntryType;
}

@Access("parent")
@ObjectType({ description: "A page of the directory in the order of emails." })
export class DirectoryConnection {
  @Field(() => [DirectoryEdge], { description: "The entries of this page." })
  edges: DirectoryEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;

  /** Counts on first use, once for both fields of the total; no GraphQL field. */
  countOnce: () => Promise<{ count: number; isEstimate: boolean }>;
}

@InputType({ description: "Which directory entries; conditions that are absent or null do not narrow." })
export class DirectoryFilter {
  @Field(() => ID, { nullable: true, description: "Only this site." })
  siteId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Beginning of the email, or beginnings of words of the name.",
  })
  search?: string | null;

  @Field(() => AccountTypeEnum, {
    nullable: true,
    description: "Only identities of this type; BOTH means emails with both.",
  })
  type?: AccountType | null;

  @Field(() => Boolean, { nullable: true, description: "Only active or only deactivated identities." })
  active?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Only emails that exist as both types on one site." })
  duplicatesOnly?: boolean | null;
}
