import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Field, Float, ID, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { graphqlEnum } from "../../platform/graphql/types.ts";
import { MigrationEventTypeEnum, MigrationStateEnum, ProblemEnum } from "./migration.enums.types.ts";

@Access("parent")
@ObjectType("MigrationEstimate", {
  description: "How long a run takes from now on, as a range.",
  simpleResolvers: true,
})
export class MigrationEstimate {
  @Field(() => Float, { nullable: true, description: "Least seconds; null while nothing was measured." })
  low: number | null;

  @Field(() => Float, { nullable: true, description: "Most seconds; null while nothing was measured." })
  high: number | null;

  @Field(() => String, { description: "What it is based on, or that nothing was measured yet." })
  basis: string;

  @Field(() => Boolean, { description: "Whether the access proof after the last person is included." })
  includesProof: boolean;

  @Field(() => GraphQLDateTime, { description: "When it was made." })
  madeAt: Date;
}

@Access("parent")
@ObjectType("EstimateScore", {
  description: "How the estimates of an ended run held. Paused time counts for nobody.",
})
export class EstimateScoreType {
  @Field(() => Int, { description: "Estimates kept, at most 21 per run." })
  made: number;

  @Field(() => Int, { description: "Those whose range had the actual end in it." })
  held: number;

  @Field(() => Float, {
    nullable: true,
    description: "Mean distance of the ranges' middles from the actual time, in per cent of it.",
  })
  meanErrorPercent: number | null;
}

export const StallCauseEnum = graphqlEnum("StallCause", "What keeps a migration from moving.", {
  NO_WORKER: "No worker is running on this database.",
  NOT_TAKEN_UP: "Workers are running, but none has taken it up.",
  WORKER_SILENT: "The worker that had it gives no sign of life.",
  NO_PROGRESS: "Its worker lives, but no batch gets done.",
  DATABASE_REFUSES: "The database refuses what the worker asks of it.",
});

@Access("parent")
@ObjectType("MigrationStall", {
  description: "Why a migration that should be moving does not.",
  simpleResolvers: true,
})
export class MigrationStall {
  @Field(() => GraphQLDateTime, { description: "When it last moved." })
  since: Date;

  @Field(() => StallCauseEnum, { description: "What keeps it." })
  cause: string;

  @Field(() => String, { description: "What keeps it, in words." })
  reason: string;

  @Field(() => String, { description: "What somebody can do." })
  whatToDo: string;
}

@Access("parent")
@ObjectType("MigrationWorker", { description: "The process that drives a migration." })
export class MigrationWorker {
  @Field(() => String, { description: "Host, process id and a random part." })
  name: string;

  @Field(() => GraphQLDateTime, { description: "When it took over." })
  since: Date;
}

@Access("parent")
@ObjectType("MigrationProgress", {
  description: "Where a run stands at one moment.",
  simpleResolvers: true,
})
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

  @Field(() => Int, { description: "People an undo put back." })
  undone: number;

  @Field(() => Int, { description: "People an undo set aside." })
  undoSetAside: number;

  @Field(() => Float, { nullable: true, description: "Measured over the latest batches; null until known." })
  peoplePerSecond: number | null;

  @Field(() => Int, { nullable: true, description: "Least seconds to go; null until known." })
  etaSecondsLow: number | null;

  @Field(() => Int, { nullable: true, description: "Most seconds to go; null until known." })
  etaSecondsHigh: number | null;

  @Field(() => MigrationEstimate, {
    nullable: true,
    description: "How long it takes from now on; null without a plan and after the end.",
  })
  estimate: MigrationEstimate | null;

  @Field(() => Boolean, { description: "Whether it should be moving and does not." })
  stalled: boolean;

  @Field(() => MigrationStall, { nullable: true, description: "Why it does not move; null while it does." })
  stall: MigrationStall | null;

  @Field(() => GraphQLDateTime, { description: "When this was read." })
  at: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When the run began." })
  startedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When the run ended." })
  finishedAt: Date | null;
}

@Access("parent")
@ObjectType("MigrationEvent", {
  description: "A durable, numbered event of a migration.",
  simpleResolvers: true,
})
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
