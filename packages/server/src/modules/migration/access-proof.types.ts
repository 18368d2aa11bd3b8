import { GraphQLDateTime } from "graphql-scalars";
import { Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { PageInfo } from "../../platform/graphql/types.ts";
import { AccessChangeEnum, ProofCauseEnum, ProofVerdictEnum } from "./migration.enums.types.ts";

@Access("parent")
@ObjectType("ProofCauseCount", { description: "How much one cause accounts for in one direction." })
export class ProofCauseCount {
  @Field(() => ProofCauseEnum, { nullable: true, description: "The cause; null is a fault of the run." })
  cause: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The cause in words, with who decided; null with no cause.",
  })
  explainedBy: string | null;

  @Field(() => AccessChangeEnum, { description: "The direction." })
  change: string;

  @Field(() => Int, { description: "Entries: one per person and resource." })
  entries: number;

  @Field(() => Int, { description: "People." })
  people: number;
}

@Access("parent")
@ObjectType("AccessProof", {
  description:
    "What the people of a run reached before, compared with what they reach now and are expected to.",
})
export class AccessProofType {
  @Field(() => ProofVerdictEnum, { description: "Whether every difference is explained." })
  verdict: string;

  @Field(() => Int, { description: "Entries gained." })
  gained: number;

  @Field(() => Int, { description: "Entries lost." })
  lost: number;

  @Field(() => Int, { description: "Entries nothing explains; must be 0." })
  unexplained: number;

  @Field(() => Int, { description: "People with an entry nothing explains." })
  unexplainedPeople: number;

  @Field(() => [String], { description: "The first of them by email, at most 10." })
  unexplainedExamples: string[];

  @Field(() => [ProofCauseCount], {
    description: "The entries by cause and direction, unexplained ones first.",
  })
  causes: ProofCauseCount[];

  @Field(() => Boolean, {
    description: "Whether it is about access as decided now; false while it is being computed again.",
  })
  current: boolean;

  @Field(() => GraphQLDateTime, { description: "When it was computed." })
  computedAt: Date;

  @Field(() => String, { description: "Where AccessProof.csv is downloaded." })
  csvUrl: string;
}

@Access("parent")
@ObjectType("AccessDifference", { description: "One thing a person of a run lost or gained." })
export class AccessDifferenceType {
  @Field(() => ID, { description: "Email and resource: a person and a resource stand once in a proof." })
  id: string;

  @Field(() => String, { description: "The person." })
  email: string;

  @Field(() => String, { description: "Such as `project HELP` or `request HELP-7`." })
  resource: string;

  @Field(() => String, { description: "What they could or can do there; `reach`." })
  permission: string;

  @Field(() => AccessChangeEnum, { description: "Lost or gained." })
  change: string;

  @Field(() => ProofCauseEnum, {
    nullable: true,
    description: "What explains it; null is a fault of the run.",
  })
  cause: string | null;

  @Field(() => String, { nullable: true, description: "The cause in words." })
  explainedBy: string | null;
}

@Access("parent")
@ObjectType("AccessDifferenceEdge", { description: "A difference and its place in the list." })
export class AccessDifferenceEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => AccessDifferenceType, { description: "The difference." })
  node: AccessDifferenceType;
}

@Access("parent")
@ObjectType("AccessDifferenceConnection", { description: "A page of differences by email and resource." })
export class AccessDifferenceConnection {
  @Field(() => [AccessDifferenceEdge], { description: "The differences of this page." })
  edges: AccessDifferenceEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;

  @Field(() => Int, {
    nullable: true,
    description: "Differences that match; null with a text, which is not counted.",
  })
  totalCount: number | null;
}

@InputType({ description: "Which differences in access to list; conditions add up." })
export class AccessDifferenceFilter {
  @Field(() => AccessChangeEnum, { nullable: true, description: "Only lost or only gained ones." })
  change?: "GAINED" | "LOST" | null;

  @Field(() => Boolean, { nullable: true, description: "Only explained or only unexplained ones." })
  explained?: boolean | null;

  @Field(() => ProofCauseEnum, { nullable: true, description: "Only those of this cause." })
  cause?: string | null;

  @Field(() => String, { nullable: true, description: "Part of the email or resource." })
  text?: string | null;
}
