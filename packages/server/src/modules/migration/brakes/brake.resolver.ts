import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from "type-graphql";
import { Access } from "../../../platform/graphql/access.ts";
import type { RequestContext } from "../../../platform/graphql/context.ts";
import { answerOnce } from "../../../platform/idempotency/answer-once.ts";
import { isRefused, type Refused } from "../../../platform/refusal.ts";
import { loadOrganizations, loadPersonRefs, OrganizationType, PersonRefType } from "../../directory/index.ts";
import type { Actor } from "../../sign-in/index.ts";
import type { KindLookup } from "../engine/scope.ts";
import { brakes } from "../kind.ts";
import { migrationAnswer } from "../migration-mutation.resolver.ts";
import { actorOf } from "../migration.context.ts";
import { MigrationMutationResult, MigrationResult, MigrationType } from "../migration.types.ts";
import { toMigrationType } from "../migration.view.ts";
import type { BrakeService } from "./brake.service.ts";
import {
  BrakeLimitsResult,
  BrakeLimitType,
  MigrationBrake,
  ReleaseBrakeInput,
  SetBrakeLimitsInput,
  SetBrakeLimitsResult,
} from "./brake.types.ts";
import { defaultLimits } from "./limits.ts";
import { listMigrationBrakes, listOrganizationLimits } from "./read-brakes.ts";
import { mayRelease } from "./release-rule.ts";

type Context = RequestContext<Actor>;

/** The brakes of a migration and who may release them. */
@Resolver(() => MigrationType)
export class MigrationBrakesResolver {
  readonly #kinds: KindLookup;

  constructor(kinds: KindLookup) {
    this.#kinds = kinds;
  }

  @FieldResolver(() => [MigrationBrake], {
    description:
      "What pauses the run before too much is done; before the approval with the organization's limits.",
  })
  async brakes(@Root() root: MigrationType, @Ctx() context: Context): Promise<MigrationBrake[]> {
    return listMigrationBrakes(context.em, this.#kinds(root.record.kind), root.record);
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may release a brake that holds the run." })
  async viewerCanReleaseBrake(@Root() root: MigrationType, @Ctx() context: Context): Promise<boolean> {
    return root.state === "PAUSED" && (await mayRelease(context.em, actorOf(context), root.record)) === true;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Why the viewer may not release brakes of this run, and who can.",
  })
  async whyNotReleaseBrake(@Root() root: MigrationType, @Ctx() context: Context): Promise<string | null> {
    const allowed = await mayRelease(context.em, actorOf(context), root.record);
    return allowed === true ? null : allowed.message;
  }
}

/** Who released a brake. */
@Resolver(() => MigrationBrake)
export class MigrationBrakeResolver {
  @FieldResolver(() => PersonRefType, { nullable: true, description: "Who released it." })
  async releasedBy(@Root() root: MigrationBrake, @Ctx() context: Context): Promise<PersonRefType | null> {
    return root.releasedBy === null ? null : loadPersonRefs(context).load(root.releasedBy);
  }
}

/** The limits an organization set. */
@Resolver(() => OrganizationType)
export class OrganizationBrakesResolver {
  @FieldResolver(() => [BrakeLimitType], {
    description: "When the brakes pause runs approved from now on, defaults where none were set.",
  })
  async brakeLimits(@Root() root: OrganizationType, @Ctx() context: Context): Promise<BrakeLimitType[]> {
    const limits = await listOrganizationLimits(context.em, root.id);
    return brakes.map((brake) => ({
      brake,
      ...limits[brake],
      defaultPercent: defaultLimits[brake].percent,
      defaultLeastPeople: defaultLimits[brake].leastPeople,
    }));
  }
}

/** What people decide about brakes. */
@Resolver()
export class BrakeMutationResolver {
  readonly #service: BrakeService;

  constructor(service: BrakeService) {
    this.#service = service;
  }

  @Access("signed-in")
  @Mutation(() => MigrationMutationResult, {
    description:
      "Releases a brake for the rest of this run, which goes on unless another one holds it. Where the organization requires a second approver, not by who approved the plan.",
  })
  async releaseBrake(
    @Ctx() context: Context,
    @Arg("input", () => ReleaseBrakeInput, { description: "Which brake, and why." }) input: ReleaseBrakeInput,
  ): Promise<MigrationResult | Refused> {
    const actor = actorOf(context);
    const answer = await answerOnce(
      context,
      "releaseBrake",
      input,
      (em) => this.#service.release(em, actor, input),
      migrationAnswer,
    );
    return isRefused(answer) ? answer : { migration: toMigrationType(answer) };
  }

  @Access("signed-in")
  @Mutation(() => SetBrakeLimitsResult, {
    description:
      "Sets when brakes pause runs approved from now on; for organization admins. Approved runs keep their limits.",
  })
  async setBrakeLimits(
    @Ctx() context: Context,
    @Arg("input", () => SetBrakeLimitsInput, { description: "The limits." }) input: SetBrakeLimitsInput,
  ): Promise<BrakeLimitsResult | Refused> {
    const actor = actorOf(context);
    const id = await answerOnce(
      context,
      "setBrakeLimits",
      input,
      (em) => this.#service.setLimits(em, actor, input),
      { save: (saved) => ({ id: saved }), load: async (_em, saved) => String(saved.id) },
    );
    if (isRefused(id)) {
      return id;
    }
    const organization = await loadOrganizations(context).load(id);
    if (organization === null) {
      throw new Error("The organization row is gone");
    }
    return { organization };
  }
}
