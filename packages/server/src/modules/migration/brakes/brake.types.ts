import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, Float, ID, InputType, Int, ObjectType } from "type-graphql";
import { Access } from "../../../platform/graphql/access.ts";
import { graphqlEnum, RefusedType } from "../../../platform/graphql/types.ts";
import { Refused } from "../../../platform/refusal.ts";
import { OrganizationType } from "../../directory/index.ts";
import type { Brake } from "../kind.ts";

const keyDescription = "Repeating a call with the same key answers the same and acts once.";

export const BrakeEnum = graphqlEnum("Brake", "What pauses a run before it is done to too many people.", {
  LOSSES: "People who lose access they had on the destination.",
  MERGES: "People whose account of the source becomes one with another on the destination.",
  NEW_SEATS: "Accounts that come to the destination for the first time.",
  FAILURES: "People who could not be written or changed since the plan.",
  DUPLICATES: "People with both account types on the destination.",
});

@Access("parent")
@ObjectType("BrakeLimit", { description: "When a brake pauses runs of an organization." })
export class BrakeLimitType {
  @Field(() => BrakeEnum, { description: "What is counted." })
  brake: Brake;

  @Field(() => Float, {
    description: "Share of the plan's rows, in per cent, that may not be passed; 100 switches the brake off.",
  })
  percent: number;

  @Field(() => Int, { description: "Fewer people than this never trip it." })
  leastPeople: number;

  @Field(() => Float, { description: "The share where an organization sets none." })
  defaultPercent: number;

  @Field(() => Int, { description: "The least count where an organization sets none." })
  defaultLeastPeople: number;
}

@Access("parent")
@ObjectType("BrakeTrip", { description: "What a batch would have done; it was rolled back whole." })
export class BrakeTrip {
  @Field(() => Int, { description: "People there would have been." })
  counted: number;

  @Field(() => Int, { description: "The most there may be." })
  most: number;

  @Field(() => Int, { description: "First row of the batch." })
  from: number;

  @Field(() => Int, { description: "Last row of the batch." })
  to: number;

  @Field(() => [String], { description: "At most ten addresses of the batch." })
  examples: string[];
}

@Access("parent")
@ObjectType("MigrationBrake", {
  description: "A brake of a migration: its limit, what the plan foretells, what the run did.",
})
export class MigrationBrake {
  @Field(() => BrakeEnum, { description: "What is counted." })
  brake: Brake;

  @Field(() => String, { description: "What it counts in this kind of migration, said of people." })
  meaning: string;

  @Field(() => Float, { description: "Share of the plan's rows, in per cent, that may not be passed." })
  percent: number;

  @Field(() => Int, { description: "Fewer people than this never trip it." })
  leastPeople: number;

  @Field(() => Int, { description: "The most people there may be in this migration." })
  most: number;

  @Field(() => Int, { nullable: true, description: "People the plan foretells; null before a plan." })
  forecast: number | null;

  @Field(() => Boolean, { description: "Whether the run would be paused by what the plan foretells." })
  wouldTrip: boolean;

  @Field(() => Int, { description: "People of the batches done." })
  counted: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it paused the run." })
  trippedAt: Date | null;

  @Field(() => BrakeTrip, { nullable: true, description: "What it held back; null while it never tripped." })
  trip: BrakeTrip | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was released for this run." })
  releasedAt: Date | null;

  /** Kept for the person's lookup; no GraphQL field. */
  releasedBy: string | null;

  @Field(() => String, { nullable: true, description: "Why it was released." })
  releaseReason: string | null;
}

@InputType({ description: "The brake to release for the rest of a run." })
export class ReleaseBrakeInput {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => BrakeEnum, { description: "The brake that holds the run." })
  brake: Brake;

  @Field(() => String, { description: "Why the run may go on, for the audit log." })
  reason: string;

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@InputType({ description: "When one brake pauses runs." })
export class BrakeLimitInput {
  @Field(() => BrakeEnum, { description: "What is counted." })
  brake: Brake;

  @Field(() => Float, { description: "0 to 100 per cent of the plan's rows, with at most two decimals." })
  percent: number;

  @Field(() => Int, { description: "Fewer people than this never trip it; at least 1." })
  leastPeople: number;
}

@InputType({ description: "Limits of an organization for runs approved from now on." })
export class SetBrakeLimitsInput {
  @Field(() => ID, { description: "The organization." })
  organizationId: string;

  @Field(() => [BrakeLimitInput], { description: "The brakes to set; others stay as they are." })
  limits: BrakeLimitInput[];

  @Field(() => String, { nullable: true, description: keyDescription })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType("BrakeLimitsResult", { description: "The organization with its new limits." })
export class BrakeLimitsResult {
  @Field(() => OrganizationType, { description: "The organization." })
  organization: OrganizationType;
}

export const SetBrakeLimitsResult = createUnionType({
  name: "SetBrakeLimitsResult",
  description: "The organization with its new limits, or why they were refused.",
  types: () => [BrakeLimitsResult, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : BrakeLimitsResult),
});
