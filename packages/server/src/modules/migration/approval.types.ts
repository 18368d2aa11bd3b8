import { GraphQLDateTime, GraphQLJSON } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import type { ShownPlan } from "./shown-plan.ts";

@Access("parent")
@ObjectType("MigrationApproval", { description: "One person's approval of the plan there is now." })
export class MigrationApprovalType {
  /** Kept for the approver, whom the directory looks up; no GraphQL field. */
  approvedBy: string;

  @Field(() => Int, { description: "Place among the approvals of this plan, from 1." })
  ordinal: number;

  @Field(() => GraphQLDateTime, { description: "When it was given." })
  at: Date;

  @Field(() => String, { description: "The plan's fingerprint that was approved." })
  fingerprint: string;

  @Field(() => Int, { description: "How many approvers the organization asked for then." })
  required: number;

  @Field(() => String, { description: "SHA-256 of the canonical JSON of `shown`, in hex." })
  shownDigest: string;

  @Field(() => GraphQLJSON, {
    description:
      "Exactly what the approver had before them: sentences, counts, outcomes, checks, sites and options.",
  })
  shown: ShownPlan;
}
