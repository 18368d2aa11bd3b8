import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import type { EntityManager } from "../../platform/database/orm.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { answerOnce, type AnswerStore } from "../../platform/idempotency/answer-once.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import type { Actor } from "../sign-in/index.ts";
import { actorOf } from "./migration.context.ts";
import {
  ApproveMigrationInput,
  CancelMigrationInput,
  CreateMigrationInput,
  PauseMigrationInput,
  PlanAgainInput,
  PlanMigrationInput,
  ResumeMigrationInput,
  RetryMigrationInput,
  StartMigrationInput,
} from "./migration.inputs.types.ts";
import type { MigrationRecord } from "./migration-record.ts";
import type { MigrationService } from "./migration.service.ts";
import { MigrationMutationResult, MigrationResult } from "./migration.types.ts";
import { toMigrationType } from "./migration.view.ts";
import { reloadMigration } from "./reload-migration.ts";

type Context = RequestContext<Actor>;
type Answer = Promise<MigrationResult | Refused>;

/** Keeps a migration under its id. */
export const migrationAnswer: AnswerStore<MigrationRecord> = {
  save: (record) => ({ id: record.id }),
  load: (em, saved) => reloadMigration(em, String(saved.id)),
};

/** What people decide about a migration: each is one transaction of the service. */
@Resolver()
export class MigrationMutationResolver {
  readonly #service: MigrationService;

  constructor(service: MigrationService) {
    this.#service = service;
  }

  @Access("signed-in")
  @Mutation(() => MigrationMutationResult, {
    description: "Creates a migration; nothing is changed on either site.",
  })
  async createMigration(
    @Ctx() context: Context,
    @Arg("input", () => CreateMigrationInput, { description: "What to move where." })
    input: CreateMigrationInput,
  ): Answer {
    const { kind, sourceSiteId, destinationSiteId, allCustomers, projectKeys } = input;
    const options = { allCustomers, projectKeys: projectKeys ?? [] };
    return this.#once(context, "createMigration", input, (em, actor) =>
      this.#service.create(em, actor, { kind, sourceSiteId, destinationSiteId, options }),
    );
  }

  @Access("signed-in")
  @Mutation(() => MigrationMutationResult, {
    description: "Makes the plan in the background; nothing is changed on either site.",
  })
  async planMigration(
    @Ctx() context: Context,
    @Arg("input", () => PlanMigrationInput, { description: "Which one." }) input: PlanMigrationInput,
  ): Answer {
    return this.#once(context, "planMigration", input, (em, actor) =>
      this.#service.plan(em, actor, input.migrationId),
    );
  }

  @Access("signed-in")
  @Mutation(() => MigrationMutationResult, {
    description: "Approves the plan that was shown; seals it unless a second approver is required.",
  })
  async approveMigration(
    @Ctx() context: Context,
    @Arg("input", () => ApproveMigrationInput, { description: "What is sealed." })
    input: ApproveMigrationInput,
  ): Answer {
    return this.#once(context, "approveMigration", input, (em, actor) =>
      this.#service.approve(em, actor, input),
    );
  }

  @Access("signed-in")
  @Mutation(() => MigrationMutationResult, {
    description:
      "Starts the approved run. People who changed since the approval are set aside; everyone else is done as approved.",
  })
  async startMigration(
    @Ctx() context: Context,
    @Arg("input", () => StartMigrationInput, { description: "Which one." }) input: StartMigrationInput,
  ): Answer {
    return this.#once(context, "startMigration", input, (em, actor) =>
      this.#service.start(em, actor, input.migrationId),
    );
  }

  @Access("signed-in")
  @Mutation(() => MigrationMutationResult, { description: "Pauses the run at the next batch edge." })
  async pauseMigration(
    @Ctx() context: Context,
    @Arg("input", () => PauseMigrationInput, { description: "Which one." }) input: PauseMigrationInput,
  ): Answer {
    return this.#once(context, "pauseMigration", input, (em, actor) =>
      this.#service.pause(em, actor, input.migrationId),
    );
  }

  @Access("signed-in")
  @Mutation(() => MigrationMutationResult, { description: "Goes on with a paused run." })
  async resumeMigration(
    @Ctx() context: Context,
    @Arg("input", () => ResumeMigrationInput, { description: "Which one." }) input: ResumeMigrationInput,
  ): Answer {
    return this.#once(context, "resumeMigration", input, (em, actor) =>
      this.#service.resume(em, actor, input.migrationId),
    );
  }

  @Access("signed-in")
  @Mutation(() => MigrationMutationResult, {
    description: "Goes on with a run that an error stopped, at the batch edge where it stopped.",
  })
  async retryMigration(
    @Ctx() context: Context,
    @Arg("input", () => RetryMigrationInput, { description: "Which one." }) input: RetryMigrationInput,
  ): Answer {
    return this.#once(context, "retryMigration", input, (em, actor) =>
      this.#service.retry(em, actor, input.migrationId),
    );
  }

  @Access("signed-in")
  @Mutation(() => MigrationMutationResult, {
    description:
      "Makes and plans a migration of exactly the people this one set aside; answers with the new migration.",
  })
  async planAgain(
    @Ctx() context: Context,
    @Arg("input", () => PlanAgainInput, { description: "Whose people." }) input: PlanAgainInput,
  ): Answer {
    return this.#once(context, "planAgain", input, (em, actor) =>
      this.#service.planAgain(em, actor, input.migrationId),
    );
  }

  @Access("signed-in")
  @Mutation(() => MigrationMutationResult, { description: "Stops a migration for good at a batch edge." })
  async cancelMigration(
    @Ctx() context: Context,
    @Arg("input", () => CancelMigrationInput, { description: "Which one." }) input: CancelMigrationInput,
  ): Answer {
    return this.#once(context, "cancelMigration", input, (em, actor) =>
      this.#service.cancel(em, actor, input.migrationId),
    );
  }

  async #once(
    context: Context,
    operation: string,
    input: { idempotencyKey?: string | null },
    work: (em: EntityManager, actor: Actor) => Promise<MigrationRecord | Refused>,
  ): Answer {
    const actor = actorOf(context);
    const answer = await answerOnce(context, operation, input, (em) => work(em, actor), migrationAnswer);
    return isRefused(answer) ? answer : { migration: toMigrationType(answer) };
  }
}
