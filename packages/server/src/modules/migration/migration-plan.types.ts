import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { AccountTypeEnum } from "../directory/index.ts";
import {
  CheckSeverityEnum,
  DestinationStateEnum,
  ItemEffectEnum,
  OutcomeEnum,
  ProblemEnum,
} from "./migration.enums.types.ts";

@Access("parent")
@ObjectType("PlanOutcomeCount", { description: "One row of the outcome table with its count of people." })
export class PlanOutcomeCountType {
  @Field(() => AccountTypeEnum, { description: "Account type on the source." })
  sourceType: string;

  @Field(() => DestinationStateEnum, { description: "What the destination has." })
  destinationState: string;

  @Field(() => AccountTypeEnum, { description: "Account type afterwards." })
  typeAfter: string;

  @Field(() => ItemEffectEnum, { description: "What the run does." })
  effect: string;

  @Field(() => OutcomeEnum, { description: "How it ends." })
  outcome: string;

  @Field(() => ProblemEnum, { nullable: true, description: "Why it requires attention or is not copied." })
  problem: string | null;

  @Field(() => String, { nullable: true, description: "The problem in words." })
  problemText: string | null;

  @Field(() => String, { nullable: true, description: "The next step in words." })
  nextStepText: string | null;

  @Field(() => Int, { description: "Rows." })
  count: number;
}

@Access("parent")
@ObjectType("MigrationPlan", { description: "The dry run: what will happen to whom." })
export class MigrationPlan {
  @Field(() => String, { description: "SHA-256 over every row; approval seals exactly this." })
  fingerprint: string;

  @Field(() => String, {
    description: "SHA-256 of everything an approver is shown of it; pass it on to approve exactly that.",
  })
  shownDigest: string;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  plannedAt: Date;

  @Field(() => Int, { description: "Rows, bad ones included." })
  totalItems: number;

  @Field(() => Int, { description: "Rows that create a portal-only account." })
  create: number;

  @Field(() => Int, { description: "Rows that use an identity that is there." })
  link: number;

  @Field(() => Int, { description: "Rows that leave the destination as it is." })
  unchanged: number;

  @Field(() => Int, { description: "Rows that are not copied." })
  notCopied: number;

  @Field(() => Int, { description: "Rows after which nothing is left to do." })
  successful: number;

  @Field(() => Int, { description: "Rows that require attention." })
  requiresAttention: number;

  @Field(() => Int, { description: "Rows that fail." })
  failed: number;

  @Field(() => Int, { description: "People who go into the imported group." })
  joinsGroup: number;

  @Field(() => String, {
    nullable: true,
    description: "Name of the imported group; null when nobody needs one.",
  })
  groupName: string | null;

  @Field(() => [PlanOutcomeCountType], { description: "The outcome table with its counts." })
  rows: PlanOutcomeCountType[];

  @Field(() => Boolean, { description: "Whether the directory changed since the plan was made." })
  stale: boolean;

  @Field(() => String, { nullable: true, description: "Why the plan is stale and what to do." })
  staleReason: string | null;

  @Field(() => [String], { description: "What people will notice, a sentence each." })
  whatPeopleNotice: string[];
}

@Access("parent")
@ObjectType("MigrationCheck", { description: "A check of the plan." })
export class MigrationCheck {
  @Field(() => String, { description: "Stable name of the check." })
  code: string;

  @Field(() => CheckSeverityEnum, { description: "How much it weighs." })
  severity: string;

  @Field(() => Boolean, { description: "Whether it holds." })
  passed: boolean;

  @Field(() => String, { description: "What was checked." })
  title: string;

  @Field(() => String, { description: "What was found." })
  detail: string;

  @Field(() => String, { description: "Who can mend it." })
  who: string;

  @Field(() => String, { description: "How to mend it." })
  fix: string;

  @Field(() => Int, { nullable: true, description: "How many it touches." })
  affected: number | null;

  @Field(() => [String], { description: "At most ten examples." })
  examples: string[];

  @Field(() => GraphQLDateTime, { description: "When it was looked at." })
  checkedAt: Date;
}
