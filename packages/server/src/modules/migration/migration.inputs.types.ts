import { Field, ID, InputType, Int } from "type-graphql";
import { AccountTypeEnum } from "../directory/index.ts";
import {
  DestinationStateEnum,
  ItemEffectEnum,
  MigrationKindEnum,
  MigrationStateEnum,
  OutcomeEnum,
  ProblemEnum,
} from "./migration.enums.types.ts";

@InputType({ description: "Which migrations to list." })
export class MigrationFilter {
  @Field(() => String, { nullable: true, description: "MR number, or part of a site's name." })
  search?: string | null;

  @Field(() => [MigrationStateEnum], { nullable: true, description: "Only these states." })
  states?: string[] | null;

  @Field(() => Boolean, { nullable: true, description: "Only those with people waiting." })
  needsAttention?: boolean | null;
}

@InputType({ description: "Which items to list; conditions add up." })
export class MigrationItemFilter {
  @Field(() => String, { nullable: true, description: "Part of the email or name." })
  search?: string | null;

  @Field(() => OutcomeEnum, { nullable: true, description: "Outcome now." })
  outcome?: string | null;

  @Field(() => OutcomeEnum, { nullable: true, description: "Outcome the plan shows." })
  plannedOutcome?: string | null;

  @Field(() => AccountTypeEnum, { nullable: true, description: "Account type on the source." })
  sourceType?: string | null;

  @Field(() => DestinationStateEnum, { nullable: true, description: "What the destination has." })
  destinationState?: string | null;

  @Field(() => ItemEffectEnum, { nullable: true, description: "What the run does." })
  effect?: string | null;

  @Field(() => ProblemEnum, {
    nullable: true,
    description: "Why attention is required or the row was not copied.",
  })
  problem?: string | null;

  @Field(() => Boolean, { nullable: true, description: "Only rows waiting for a person." })
  openAttention?: boolean | null;
}

@InputType({ description: "A new migration." })
export class CreateMigrationInput {
  @Field(() => MigrationKindEnum, { description: "What is moved." })
  kind: string;

  @Field(() => ID, { description: "The site to copy from." })
  sourceSiteId: string;

  @Field(() => ID, { description: "The site to copy to." })
  destinationSiteId: string;

  @Field(() => Boolean, { description: "All customers, or only those of projectKeys." })
  allCustomers: boolean;

  @Field(() => [String], { nullable: true, description: "Keys of source service projects." })
  projectKeys?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "The migration to plan, again or for the first time." })
export class PlanMigrationInput {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "What is approved." })
export class ApproveMigrationInput {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => String, { description: "The fingerprint of the plan that was shown." })
  fingerprint: string;

  @Field(() => String, { description: "The destination site's name, typed by the approver." })
  confirmSiteName: string;

  @Field(() => String, {
    nullable: true,
    description: "The plan's shownDigest, when a person was shown it; another one is refused as stale.",
  })
  shownDigest?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "The migration to start." })
export class StartMigrationInput {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "The migration to pause." })
export class PauseMigrationInput {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "The migration to go on with." })
export class ResumeMigrationInput {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "The failed migration to go on with." })
export class RetryMigrationInput {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "The migration whose set-aside people are planned again." })
export class PlanAgainInput {
  @Field(() => ID, { description: "The migration that set them aside." })
  migrationId: string;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "The migration to stop for good." })
export class CancelMigrationInput {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "One item, or every open duplicate of the filter." })
export class UpgradeDuplicatesInput {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => ID, { nullable: true, description: "One item." })
  itemId?: string | null;

  @Field(() => MigrationItemFilter, {
    nullable: true,
    description: "Every open duplicate that matches; ignored when itemId is given.",
  })
  filter?: MigrationItemFilter | null;

  @Field(() => Int, { description: "How many were shown; another number is refused." })
  expectedCount: number;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}

@InputType({ description: "The item to leave as it is." })
export class SkipItemInput {
  @Field(() => ID, { description: "The migration." })
  migrationId: string;

  @Field(() => ID, { description: "The item." })
  itemId: string;

  @Field(() => String, { description: "Why, for the audit log." })
  reason: string;

  @Field(() => String, {
    nullable: true,
    description: "Repeating a call with the same key answers the same and acts once.",
  })
  idempotencyKey?: string | null;
}
