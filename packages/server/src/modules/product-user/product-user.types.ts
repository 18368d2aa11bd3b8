import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { graphqlEnum, Node, PageInfo, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";
import { PersonKindEnum } from "../directory/index.ts";

export const LoginAuthenticationEnum = graphqlEnum(
  "LoginAuthentication",
  "How a login signs in at its product.",
  {
    PASSWORD: "With its address and a password (basic auth).",
    TOKEN: "With a token, which no address stands for.",
  },
);

/** What can be done about a flagged bot. */
export const remedies = ["MAKE_UNIQUE", "VERIFY_EMAIL", "SERVICE_ACCOUNT"] as const;
export type Remedy = (typeof remedies)[number];

export const RemedyEnum = graphqlEnum<Remedy>("ProductUserRemedy", "What can be done about a flagged bot.", {
  MAKE_UNIQUE: "Give the login an address that no other product has: changeProductUserEmail.",
  VERIFY_EMAIL: "Have whoever reads the mail of the address confirm it: verifyProductUserEmail.",
  SERVICE_ACCOUNT: "Use a service account with an API token in its place; it needs no address.",
});

@Access("parent")
@ObjectType("ProductUserFlag", { description: "Why something is to be done about a login, and what." })
export class ProductUserFlagType {
  @Field(() => String, { description: "Why, in a sentence." })
  reason: string;

  @Field(() => [String], { description: "The other products where the address has logins." })
  products: string[];

  @Field(() => [RemedyEnum], { description: "What can be done; one of them is enough." })
  remedies: readonly Remedy[];
}

@Access("parent")
@ObjectType("AddressLink", { description: "A mailed link that waits to be followed." })
export class AddressLinkType {
  @Field(() => String, { description: "Where the mail went." })
  email: string;

  @Field(() => GraphQLDateTime, { description: "Until when the link works." })
  expiresAt: Date;
}

@Access("parent")
@ObjectType("ProductUser", { implements: Node, description: "A login inside one product instance." })
export class ProductUserType extends Node {
  @Field(() => String, { description: "Canonical email." })
  email: string;

  @Field(() => String, { description: "Tells apart logins of one email; empty where there is only one." })
  loginName: string;

  @Field(() => String, { description: "Full name; empty when it was never given." })
  name: string;

  @Field(() => String, { description: "Its role in the product's own words; empty where it was not told." })
  role: string;

  @Field(() => Boolean, { description: "Whether it can sign in at the product." })
  active: boolean;

  @Field(() => PersonKindEnum, { description: "What the address is." })
  kind: "PERSON" | "DISTRIBUTION_LIST" | "BOT";

  @Field(() => LoginAuthenticationEnum, { description: "How it signs in." })
  authentication: "PASSWORD" | "TOKEN";

  @Field(() => Boolean, {
    nullable: true,
    description: "What the product says about the address, which proves nothing; null where it says nothing.",
  })
  toldVerified: boolean | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When it was last used, as the product says.",
  })
  lastActiveAt: Date | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When whoever reads its mail confirmed the address; of bots only.",
  })
  addressConfirmedAt: Date | null;

  @Field(() => AddressLinkType, {
    nullable: true,
    description: "The link that was sent and not followed yet.",
  })
  waitingLink: AddressLinkType | null;

  @Field(() => ProductUserFlagType, {
    nullable: true,
    description: "What is to be done about it; null when nothing is.",
  })
  flag: ProductUserFlagType | null;

  /** Kept for the lookup of the account; no GraphQL field. */
  accountId: string | null;
}

@Access("parent")
@ObjectType({ description: "A login and its place in the list." })
export class ProductUserEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => ProductUserType, { description: "The login." })
  node: ProductUserType;
}

@Access("parent")
@ObjectType({ description: "A page of a product's logins, by email and login name." })
export class ProductUserConnection {
  @Field(() => [ProductUserEdge], { description: "The logins of this page." })
  edges: ProductUserEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;

  /** What `totalCount` counts when it is asked for. No GraphQL field. */
  filterParameters: unknown[];
}

@Access("parent")
@ObjectType({ description: "How many logins a product has." })
export class ProductUserCounts {
  @Field(() => Int, { description: "All of them." })
  total: number;

  @Field(() => Int, { description: "Those that can sign in at the product." })
  active: number;

  @Field(() => Int, { description: "Bots." })
  bots: number;

  @Field(() => Int, { description: "Distribution lists." })
  distributionLists: number;

  @Field(() => Int, { description: "Those linked to an account." })
  linked: number;

  @Field(() => Int, { description: "Bots about which something is to be done." })
  flagged: number;
}

@InputType({ description: "Which logins; what is left out is not asked for." })
export class ProductUserFilter {
  @Field(() => String, { nullable: true, description: "A part of the email, the name or the login name." })
  search?: string | null;

  @Field(() => PersonKindEnum, { nullable: true, description: "What the address is." })
  kind?: "PERSON" | "DISTRIBUTION_LIST" | "BOT" | null;

  @Field(() => Boolean, { nullable: true, description: "Whether something is to be done about it." })
  flagged?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: "Whether it can sign in at the product." })
  active?: boolean | null;
}

const keyDescription = "The same key never acts twice.";

@InputType({ description: "Another address for a flagged bot." })
export class ChangeProductUserEmailInput {
  @Field(() => ID, { description: "The bot." })
  productUserId: string;

  @Field(() => String, { description: "An address that no login of the organization's products has." })
  email: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "A mail with which the address of a flagged bot is confirmed." })
export class VerifyProductUserEmailInput {
  @Field(() => ID, { description: "The bot." })
  productUserId: string;

  @Field(() => String, {
    nullable: true,
    description: "Another address, whose mail somebody reads: the bot has it once it is confirmed.",
  })
  email?: string | null;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType({ description: "The login after the change." })
export class ProductUserAnswer {
  @Field(() => ProductUserType, { description: "The login." })
  productUser: ProductUserType;
}

export const ProductUserResult = createUnionType({
  name: "ProductUserResult",
  description: "The login, or why nothing was changed.",
  types: () => [ProductUserAnswer, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : ProductUserAnswer),
});
