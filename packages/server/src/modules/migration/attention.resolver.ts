import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { answerOnce } from "../../platform/idempotency/answer-once.ts";
import { isRefused, type Refused } from "../../platform/refusal.ts";
import type { Actor } from "../sign-in/index.ts";
import type { AttentionService } from "./attention.service.ts";
import { migrationAnswer } from "./migration-mutation.resolver.ts";
import { actorOf } from "./migration.context.ts";
import { SkipItemInput, UpgradeDuplicatesInput } from "./migration.inputs.types.ts";
import {
  MigrationMutationResult,
  MigrationResult,
  UpgradeDuplicatesResult,
  UpgradeSuccess,
} from "./migration.types.ts";
import { toMigrationType } from "./migration.view.ts";

/** Settling rows that require attention. */
@Resolver()
export class AttentionResolver {
  readonly #service: AttentionService;

  constructor(service: AttentionService) {
    this.#service = service;
  }

  @Access("signed-in")
  @Mutation(() => UpgradeDuplicatesResult, {
    description:
      "Upgrades portal-only accounts to the Atlassian accounts of the same people; their requests pass along.",
  })
  async upgradeDuplicates(
    @Ctx() context: RequestContext<Actor>,
    @Arg("input", () => UpgradeDuplicatesInput, { description: "Whom." }) input: UpgradeDuplicatesInput,
  ): Promise<UpgradeSuccess | Refused> {
    const actor = actorOf(context);
    const answer = await answerOnce(
      context,
      "upgradeDuplicates",
      input,
      (em) => this.#service.upgrade(em, actor, input),
      {
        save: ({ upgraded, migration }) => ({ upgraded, id: migration.id }),
        load: async (em, saved) => ({
          upgraded: Number(saved.upgraded),
          migration: await migrationAnswer.load(em, saved),
        }),
      },
    );
    return isRefused(answer)
      ? answer
      : { upgraded: answer.upgraded, migration: toMigrationType(answer.migration) };
  }

  @Access("signed-in")
  @Mutation(() => MigrationMutationResult, { description: "Leaves a row as it is, with a reason." })
  async skipItem(
    @Ctx() context: RequestContext<Actor>,
    @Arg("input", () => SkipItemInput, { description: "Which row and why." }) input: SkipItemInput,
  ): Promise<MigrationResult | Refused> {
    const actor = actorOf(context);
    const answer = await answerOnce(
      context,
      "skipItem",
      input,
      (em) => this.#service.skip(em, actor, input),
      migrationAnswer,
    );
    return isRefused(answer) ? answer : { migration: toMigrationType(answer) };
  }
}
