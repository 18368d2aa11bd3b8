import { GraphQLDateTime } from "graphql-scalars";
import { Field, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { Node, PageInfo } from "../../platform/graphql/types.ts";
import { AccountTypeEnum } from "../directory/index.ts";
import {
  DestinationStateEnum,
  ItemEffectEnum,
  NextStepEnum,
  OutcomeEnum,
  ProblemEnum,
  ResolutionEnum,
} from "./migration.enums.types.ts";
import type { ItemRow } from "./sql/list-items.ts";

@Access("parent")
@ObjectType("MigrationItem", {
  implements: Node,
  description: "One row of a migration: a person, or a row that could not be read.",
})
export class MigrationItemType extends Node {
  /** The stored row, for the fields that are looked up; no GraphQL field. */
  row: ItemRow;

  @Field(() => Int, { description: "Place in the plan, from 1." })
  ordinal: number;

  @Field(() => String, {
    description: "The canonical email, or the address as the file has it when it is none.",
  })
  email: string;

  @Field(() => String, { description: "The person's name as the source has it; may be empty." })
  name: string;

  @Field(() => AccountTypeEnum, {
    description: "Account type on the source; NONE for a row that could not be read.",
  })
  sourceType: string;

  @Field(() => DestinationStateEnum, { description: "What the destination has for this email." })
  destinationState: string;

  @Field(() => AccountTypeEnum, { description: "Account type on the destination before the run." })
  destinationType: string;

  @Field(() => Boolean, { description: "Whether the destination has this email in any form." })
  existsOnDestination: boolean;

  @Field(() => AccountTypeEnum, { description: "Account type on the destination after the run." })
  typeAfter: string;

  @Field(() => ItemEffectEnum, { description: "What the run does." })
  effect: string;

  @Field(() => Boolean, { description: "Whether the person goes into the imported group." })
  joinsGroup: boolean;

  @Field(() => OutcomeEnum, { description: "The outcome the plan shows." })
  plannedOutcome: string;

  @Field(() => OutcomeEnum, {
    nullable: true,
    description: "The outcome now; null until the row was applied.",
  })
  outcome: string | null;

  @Field(() => ProblemEnum, { nullable: true, description: "Why it requires attention or was not copied." })
  problem: string | null;

  @Field(() => String, { nullable: true, description: "The problem in words, as reports print it." })
  problemText: string | null;

  @Field(() => NextStepEnum, { nullable: true, description: "What to do about it." })
  nextStep: string | null;

  @Field(() => String, {
    nullable: true,
    description: "The next step in words, with the group's name where one is meant.",
  })
  nextStepText: string | null;

  @Field(() => String, { description: "The next step, or that nothing is to be done." })
  recommendedAction: string;

  @Field(() => String, {
    nullable: true,
    description: "More about the problem, such as the unreadable cell.",
  })
  detail: string | null;

  @Field(() => String, { nullable: true, description: "Something to know that does not change the outcome." })
  warning: string | null;

  @Field(() => Int, { nullable: true, description: "Row of the uploaded file; the header is row 1." })
  rowNumber: number | null;

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: "When an undo took this row back; null while it stands.",
  })
  undoneAt: Date | null;

  @Field(() => ResolutionEnum, { nullable: true, description: "How attention was settled." })
  resolution: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When attention was settled." })
  resolvedAt: Date | null;
}

@Access("parent")
@ObjectType({ description: "An item and its place in the list." })
export class MigrationItemEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => MigrationItemType, { description: "The item." })
  node: MigrationItemType;
}

@Access("parent")
@ObjectType({ description: "A page of items in the plan's order." })
export class MigrationItemConnection {
  /** Kept for the total, which is counted only on request; no GraphQL field. */
  filterParameters: unknown[];

  @Field(() => [MigrationItemEdge], { description: "The items of this page." })
  edges: MigrationItemEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;
}
