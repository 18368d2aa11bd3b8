import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, ID, InputType, Int, ObjectType } from "type-graphql";
import { Access } from "../../../platform/graphql/access.ts";
import { graphqlEnum, Node, PageInfo, RefusedType } from "../../../platform/graphql/types.ts";
import { Refused } from "../../../platform/refusal.ts";
import { ItemEffectEnum, OutcomeEnum } from "../migration.enums.types.ts";
import type { UndoRecord } from "../undo-record.ts";

export const UndoStateEnum = graphqlEnum("UndoState", "Where an undo stands.", {
  PLANNING: "The plan is being made; nothing is changed.",
  PLANNED: "Everybody's result is known; waiting for the start.",
  UNDOING: "People are being put back, batch by batch.",
  UNDONE: "Done.",
  FAILED: "Stopped by an error, at a batch edge.",
  SUPERSEDED: "Another undo was planned before this one was started.",
});

export const UndoActionEnum = graphqlEnum("UndoAction", "What an undo does for one row.", {
  RESTORE: "Puts the person back as before the run.",
  SET_ASIDE: "Leaves the person as they are: touched since; the reason says how.",
  NOTHING: "The run changed nothing for this row.",
});

@InputType({
  description: "Whom to undo: everything, or named rows, or the rows of an outcome, an effect or both.",
})
export class UndoScopeInput {
  @Field(() => Boolean, { nullable: true, description: "The whole run." })
  everything?: boolean | null;

  @Field(() => [ID], { nullable: true, description: "These rows, at most 1,000." })
  itemIds?: string[] | null;

  @Field(() => OutcomeEnum, { nullable: true, description: "Rows with this outcome now." })
  outcome?: string | null;

  @Field(() => ItemEffectEnum, { nullable: true, description: "Rows for which the run did this." })
  effect?: string | null;
}

@InputType({ description: "The undo to plan." })
export class PlanUndoInput {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => UndoScopeInput, { description: "Whom." })
  scope: UndoScopeInput;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "The planned undo to start." })
export class StartUndoInput {
  @Field(() => ID, { description: "The undo." })
  undoId: string;

  @Field(() => String, { description: "The fingerprint of the plan that was shown." })
  fingerprint: string;

  @Field(() => String, { description: "The destination site's name, typed by whoever starts it." })
  confirmSiteName: string;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@Access("parent")
@ObjectType("MigrationUndo", {
  implements: Node,
  description: "Taking a run back, for everybody or some: its plan and what came of it.",
})
export class MigrationUndoType extends Node {
  /** The stored row, for the fields that are looked up; no GraphQL field. */
  record: UndoRecord;

  @Field(() => UndoStateEnum, { description: "Where it stands." })
  state: string;

  @Field(() => Boolean, { description: "Whether the whole run is undone." })
  everything: boolean;

  @Field(() => OutcomeEnum, { nullable: true, description: "Only rows with this outcome." })
  outcome: string | null;

  @Field(() => ItemEffectEnum, { nullable: true, description: "Only rows for which the run did this." })
  effect: string | null;

  @Field(() => Int, { nullable: true, description: "How many rows were named; null when none were." })
  namedRows: number | null;

  @Field(() => String, { description: "Whom it is about, in words." })
  about: string;

  @Field(() => String, { nullable: true, description: "SHA-256 over the plan; null until it is made." })
  fingerprint: string | null;

  @Field(() => Int, { description: "Rows of the plan." })
  total: number;

  @Field(() => Int, { description: "People the plan puts back." })
  restoreCount: number;

  @Field(() => Int, { description: "People the plan sets aside." })
  setAsideCount: number;

  @Field(() => Int, { description: "Rows for which the run changed nothing." })
  unchangedCount: number;

  @Field(() => Int, { description: "Rows done." })
  processed: number;

  @Field(() => Int, { description: "People put back so far." })
  restored: number;

  @Field(() => Int, { description: "People set aside so far, those touched after the plan included." })
  leftAside: number;

  @Field(() => GraphQLDateTime, { description: "When it was asked for." })
  createdAt: Date;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When the plan was made." })
  plannedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it was started." })
  startedAt: Date | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: "When it ended." })
  finishedAt: Date | null;

  @Field(() => String, { nullable: true, description: "What stopped it." })
  failure: string | null;
}

@Access("parent")
@ObjectType("UndoPerson", { description: "One row of an undo." })
export class UndoPersonType {
  @Field(() => ID, { description: "The row of the migration." })
  itemId: string;

  @Field(() => String, { description: "The person's email." })
  email: string;

  @Field(() => String, { description: "The person's name; may be empty." })
  name: string;

  @Field(() => UndoActionEnum, { description: "What the undo does." })
  action: string;

  @Field(() => String, { nullable: true, description: "What happened since, for people set aside." })
  reason: string | null;

  @Field(() => Boolean, { description: "Whether the undo has come to this row." })
  done: boolean;
}

@Access("parent")
@ObjectType("UndoPersonEdge", { description: "A row of an undo and its place in the list." })
export class UndoPersonEdge {
  @Field(() => String, { description: "Pass as `after` to go on from here." })
  cursor: string;

  @Field(() => UndoPersonType, { description: "The row." })
  node: UndoPersonType;
}

@Access("parent")
@ObjectType("UndoPersonConnection", {
  description: "A page of the rows of an undo, in the order of the plan.",
})
export class UndoPersonConnection {
  @Field(() => [UndoPersonEdge], { description: "The rows of this page." })
  edges: UndoPersonEdge[];

  @Field(() => PageInfo, { description: "Where the page stands." })
  pageInfo: PageInfo;
}

@Access("parent")
@ObjectType("UndoSuccess", { description: "The undo after the change." })
export class UndoSuccess {
  @Field(() => MigrationUndoType, { description: "The undo." })
  undo: MigrationUndoType;
}

export const UndoResult = createUnionType({
  name: "UndoResult",
  description: "The undo, or why nothing was changed.",
  types: () => [UndoSuccess, RefusedType] as const,
  resolveType: (value) => (value instanceof Refused ? RefusedType : UndoSuccess),
});
