import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, ID, InputType, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { graphqlEnum, Node, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";
import type { ClosingRow, PartRow } from "./sql/closing-columns.ts";

const keyDescription = "Repeating a call with the same key gives the same answer and does nothing twice.";

export const ClosingStateEnum = graphqlEnum<ClosingRow["state"]>(
  "ClosingState",
  "What became of a request to close an account.",
  {
    PENDING: "It waits for everybody who decides.",
    CLOSED: "Everybody agreed, and the account was closed.",
    DECLINED: "Somebody did not agree, so the account stays.",
    WITHDRAWN: "Whoever asked took it back.",
  },
);

export const ClosingDecisionStateEnum = graphqlEnum<PartRow["state"]>(
  "ClosingDecisionState",
  "What one organization said about the closing of an account.",
  {
    PENDING: "It waits for an organization admin.",
    APPROVED: "An admin agreed; the account left the organization.",
    DECLINED: "An admin did not agree.",
    DROPPED: "The request ended before anybody there decided.",
  },
);

@Access("parent")
@ObjectType("ClosingDecision", {
  description: "What one organization says, as the person who asked sees it.",
})
export class ClosingDecisionType {
  @Field(() => String, { description: "The organization." })
  organizationName: string;

  @Field(() => ClosingDecisionStateEnum, { description: "What it said." })
  state: PartRow["state"];

  @Field(() => [String], { description: "Who there can decide; empty once somebody has." })
  deciders: string[];

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was decided." })
  decidedAt: Date | null;

  @Field(() => String, { nullable: true, description: "The decider's words." })
  decisionReason: string | null;
}

@Access("parent")
@ObjectType("AccountClosing", {
  implements: Node,
  description: "The viewer's request to close their account.",
})
export class AccountClosingType extends Node {
  @Field(() => ClosingStateEnum, { description: "Where it stands." })
  state: ClosingRow["state"];

  @Field(() => String, { description: "Why, in their words; may be empty." })
  reason: string;

  @Field(() => GraphQLDateTime, { description: "When they asked." })
  askedAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was decided or withdrawn." })
  endedAt: Date | null;

  @Field(() => [ClosingDecisionType], {
    description: "Organizations that decide; empty where whoever runs the server does.",
  })
  decisions: ClosingDecisionType[];
}

@Access("parent")
@ObjectType("ClosingOutlook", {
  description: "What asking for the viewer's account to be closed would mean.",
})
export class ClosingOutlookType {
  @Field(() => [String], {
    description: "What has to be handed over first; while there is any, asking is refused.",
  })
  handOver: string[];

  @Field(() => [String], {
    description:
      "Organizations that would be asked, each of which has to agree; empty where whoever runs the server decides.",
  })
  organizations: string[];

  @Field(() => [String], { description: "Who there can decide." })
  deciders: string[];
}

@Access("parent")
@ObjectType("ClosingRequest", {
  implements: Node,
  description: "Somebody asks one organization to agree to the closing of their account.",
})
export class ClosingRequestType extends Node {
  @Field(() => ClosingDecisionStateEnum, { description: "What the organization said." })
  state: PartRow["state"];

  @Field(() => String, { description: "Why, in the person's words; may be empty." })
  reason: string;

  @Field(() => GraphQLDateTime, { description: "When they asked." })
  askedAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was decided." })
  decidedAt: Date | null;

  @Field(() => String, { nullable: true, description: "The decider's words." })
  decisionReason: string | null;

  /** Kept for the lookups of people and organization; no GraphQL fields. */
  organizationId: string;
  accountId: string;
  deciderId: string | null;
}

@InputType({ description: "A request of the viewer to take back." })
export class WithdrawAccountClosingInput {
  @Field(() => ID, { description: "The request." })
  closingId: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "Agreeing to the closing of an account." })
export class ApproveAccountClosingInput {
  @Field(() => ID, { description: "The request to the organization." })
  requestId: string;

  @Field(() => String, { nullable: true, description: "Words for the person, up to 500 characters." })
  reason?: string | null;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "Not agreeing to the closing of an account." })
export class DeclineAccountClosingInput {
  @Field(() => ID, { description: "The request to the organization." })
  requestId: string;

  @Field(() => String, { description: "Why, in 1 to 500 characters. The person reads it." })
  reason: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "A closed account to open again." })
export class ReopenAccountInput {
  @Field(() => ID, { description: "The organization that agreed to the closing, or manages the address." })
  organizationId: string;

  @Field(() => ID, { description: "The account." })
  accountId: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType({ description: "The request as it stands now." })
export class AccountClosingResult {
  @Field(() => AccountClosingType, { description: "The request." })
  closing: AccountClosingType;
}

@Access("parent")
@ObjectType({ description: "The request as it stands now." })
export class ClosingRequestResult {
  @Field(() => ClosingRequestType, { description: "The request." })
  request: ClosingRequestType;
}

@Access("parent")
@ObjectType({
  description: "The account that is open again; nobody enters it before the mailed link was used.",
})
export class ReopenedAccount {
  @Field(() => ID, { description: "The account." })
  accountId: string;
}

export const WithdrawnClosingResult = createUnionType({
  name: "WithdrawnClosingResult",
  description: "The request as it stands now, or why nothing changed.",
  types: () => [AccountClosingResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : AccountClosingResult),
});

export const DecidedClosingResult = createUnionType({
  name: "DecidedClosingResult",
  description: "The request as it stands now, or why nothing changed.",
  types: () => [ClosingRequestResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : ClosingRequestResult),
});

export const ReopenedAccountResult = createUnionType({
  name: "ReopenedAccountResult",
  description: "The account that is open again, or why it is not.",
  types: () => [ReopenedAccount, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : ReopenedAccount),
});
