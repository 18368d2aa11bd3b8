import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { createUnionType, Field, Float, ID, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { Node, PageInfo, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";
import { AccountTypeEnum } from "../directory/index.ts";
import {
  CheckSeverityEnum,
  DestinationStateEnum,
  ItemEffectEnum,
  MigrationEventTypeEnum,
  MigrationKindEnum,
  MigrationStateEnum,
  OutcomeEnum,
  ProblemEnum,
} from "./migration.enums.types.ts";
import type { MigrationRecord } from "./migration-record.ts";

@Access("parent")
@ObjectType("Migration", { implements: Node, description: "One move: its plan, its run and its reports." })
export class MigrationType extends Node {
  /** The stored row, for the fields that are looked up; no GraphQL field. */
  record: MigrationRecord;

  @Field(() => Int, { description: "Short number inside the organization." })
  number: number;

  @Field(() => String, { description: "The name people use, such as MR-42." })
  name: string;

  @Field(() => MigrationKindEnum, { description: "What is moved." })
  kind: string;

  @Field(() => MigrationStateEnum, { description: "Where it stands now." })
  state: string;

  @Field(() => Boolean, { description: "Whether all customers of the source are in scope." })
  allCustomers: boolean;

  @Field(() => [String], { description: "The service projects in scope when not all customers are." })
  projectKeys: string[];

  @Field(() => GraphQLDateTime, { description: "When it was created." })
  createdAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When the plan was made." })
  plannedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When the plan was sealed." })
  approvedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When the run began." })
  startedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When the run ended." })
  finishedAt: Date | null;

  @Field(() => String, { nullable: true, description: "How the run ended, in words; null while it has not." })
  lastResult: string | null;

  @Field(() => String, { nullable: true, description: "What stopped planning or the run." })
  failure: string | null;
}

@Access("parent")
@ObjectType("MigrationPlan", { description: "The dry run: what will happen to whom." })
export class MigrationPlan {
  @Field(() => String, { description: "SHA-256 over every row; approval seals exactly this." })
  fingerprint: string;

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

@Access("parent")
@ObjectType("MigrationProgress", { description: "Where a run stands at one moment." })
export class MigrationProgress {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => MigrationStateEnum, { description: "Its state." })
  state: string;

  @Field(() => Int, { description: "Number of the newest event this includes." })
  sequence: number;

  @Field(() => Int, { description: "Rows of the plan." })
  total: number;

  @Field(() => Int, { description: "Rows done." })
  processed: number;

  @Field(() => Int, { description: "Rows now successful." })
  successful: number;

  @Field(() => Int, { description: "Rows now requiring attention, settled ones included." })
  requiresAttention: number;

  @Field(() => Int, { description: "Rows not copied." })
  failed: number;

  @Field(() => Int, { description: "Rows waiting for a person." })
  openAttention: number;

  @Field(() => Int, { description: "Portal-only accounts created." })
  created: number;

  @Field(() => Int, { description: "Identities used." })
  linked: number;

  @Field(() => Int, { description: "Rows left as they are." })
  unchanged: number;

  @Field(() => Int, { description: "Rows not copied." })
  notCopied: number;

  @Field(() => Float, { nullable: true, description: "Measured over the latest batches; null until known." })
  peoplePerSecond: number | null;

  @Field(() => Int, { nullable: true, description: "Least seconds to go; null until known." })
  etaSecondsLow: number | null;

  @Field(() => Int, { nullable: true, description: "Most seconds to go; null until known." })
  etaSecondsHigh: number | null;

  @Field(() => Boolean, { description: "Running, but no event for 60 seconds." })
  stalled: boolean;

  @Field(() => GraphQLDateTime, { description: "When this was read." })
  at: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When the run began." })
  startedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When the run ended." })
  finishedAt: Date | null;
}

@Access("parent")
@ObjectType("MigrationEvent", { description: "A durable, numbered event of a migration." })
export class MigrationEventObject {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => Int, { description: "Number, from 1 without a gap." })
  sequence: number;

  @Field(() => MigrationEventTypeEnum, { description: "What it tells." })
  type: string;

  @Field(() => String, { description: "A sentence for people." })
  summary: string;

  @Field(() => GraphQLJSON, { description: "Numbers and ids for programs." })
  payload: unknown;

  @Field(() => GraphQLDateTime, { description: "When it was written." })
  at: Date;
}

@Access("parent")
@ObjectType("ProblemCount", { description: "How many rows wait because of one problem." })
export class ProblemCount {
  @Field(() => ProblemEnum, { description: "The problem." })
  problem: string;

  @Field(() => String, { description: "The problem in words." })
  text: string;

  @Field(() => Int, { description: "Rows waiting." })
  count: number;
}

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
@ObjectType("AccessProofEntry", { description: "Access somebody lost or gained." })
export class AccessProofEntryType {
  @Field(() => String, { description: "The person." })
  email: string;

  @Field(() => String, { description: "Such as `project HELP` or `request HELP-7`." })
  resource: string;

  @Field(() => String, { description: "What they could or can do there." })
  permission: string;

  @Field(() => String, { description: "`lost` or `gained`." })
  change: string;

  @Field(() => String, { nullable: true, description: "What explains it; null is a fault of the run." })
  explainedBy: string | null;
}

@Access("parent")
@ObjectType("AccessProofSummary", { description: "The comparison of access before and after the run." })
export class AccessProofSummary {
  @Field(() => Int, { description: "Entries gained." })
  gained: number;

  @Field(() => Int, { description: "Entries lost." })
  lost: number;

  @Field(() => Int, { description: "Entries nothing explains; must be 0." })
  unexplained: number;

  @Field(() => GraphQLDateTime, { description: "When it was computed." })
  computedAt: Date;

  @Field(() => [AccessProofEntryType], { description: "The first entries, unexplained and lost ones first." })
  sample: AccessProofEntryType[];
}

@Access("parent")
@ObjectType("MigrationEdge", { description: "A migration and its place in the list." })
export class MigrationEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => MigrationType, { description: "The migration." })
  node: MigrationType;
}

@Access("parent")
@ObjectType("MigrationConnection", { description: "A page of migrations, newest first." })
export class MigrationConnection {
  @Field(() => [MigrationEdge], { description: "The migrations of this page." })
  edges: MigrationEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;

  @Field(() => Int, { description: "Migrations that match." })
  totalCount: number;
}

@Access("parent")
@ObjectType("MigrationResult", { description: "The changed migration." })
export class MigrationResult {
  @Field(() => MigrationType, { description: "The migration after the change." })
  migration: MigrationType;
}

@Access("parent")
@ObjectType("UpgradeSuccess", { description: "What an upgrade did." })
export class UpgradeSuccess {
  @Field(() => Int, { description: "Portal-only accounts upgraded." })
  upgraded: number;

  @Field(() => MigrationType, { description: "The migration after the change." })
  migration: MigrationType;
}

export const MigrationMutationResult = createUnionType({
  name: "MigrationMutationResult",
  description: "The changed migration, or why nothing was changed.",
  types: () => [MigrationResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : MigrationResult),
});

export const UpgradeDuplicatesResult = createUnionType({
  name: "UpgradeDuplicatesResult",
  description: "What was upgraded, or why nothing was.",
  types: () => [UpgradeSuccess, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : UpgradeSuccess),
});
