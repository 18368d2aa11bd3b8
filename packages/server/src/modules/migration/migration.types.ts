import { GraphQLDateTime } from "graphql-scalars";
import { createUnionType, Field, Int, ObjectType } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import { Node, PageInfo, RefusedType } from "../../platform/graphql/types.ts";
import { Refused } from "../../platform/refusal.ts";
import { MigrationKindEnum, MigrationStateEnum } from "./migration.enums.types.ts";
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

  @Field(() => Int, { description: "People an undo put back; the counts of outcomes stay what the run did." })
  undoneCount: number;

  @Field(() => Int, { description: "People an undo left as they are because they were touched since." })
  undoSetAsideCount: number;

  @Field(() => String, { nullable: true, description: "What stopped planning or the run." })
  failure: string | null;
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
