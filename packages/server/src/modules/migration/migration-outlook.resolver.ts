import { Ctx, FieldResolver, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../platform/graphql/context.ts";
import type { Actor } from "../sign-in/index.ts";
import { readProgress } from "./live/read-progress.ts";
import { actorOf } from "./migration.context.ts";
import {
  EstimateScoreType,
  MigrationEstimate,
  MigrationStall,
  MigrationWorker,
} from "./migration-progress.types.ts";
import { MigrationType } from "./migration.types.ts";
import { mayMigrate } from "./migration.visibility.ts";
import { readWorkerStatement } from "./sql/read-worker.ts";
import { readScoreStatement } from "./estimate/sql/read-score.ts";

type Context = RequestContext<Actor>;

/** How long a migration takes, how well that was foretold, what keeps it and who drives it. */
@Resolver(() => MigrationType)
export class MigrationOutlookResolver {
  @FieldResolver(() => MigrationEstimate, {
    nullable: true,
    description: "How long the run takes from now on; null without a plan and after the end.",
  })
  async estimate(@Root() root: MigrationType, @Ctx() context: Context): Promise<MigrationEstimate | null> {
    return (await readProgress(context.em, root.record)).estimate;
  }

  @FieldResolver(() => EstimateScoreType, {
    nullable: true,
    description: "How the estimates of the run held; null before its end and where none was made.",
  })
  async estimateScore(
    @Root() root: MigrationType,
    @Ctx() context: Context,
  ): Promise<EstimateScoreType | null> {
    const [score] = await readScoreStatement.run(context.em, [root.id]);
    return score === undefined || score.made === 0 ? null : score;
  }

  @FieldResolver(() => MigrationStall, {
    nullable: true,
    description: "Why a migration that should be moving does not; null while it does.",
  })
  async stalled(@Root() root: MigrationType, @Ctx() context: Context): Promise<MigrationStall | null> {
    return (await readProgress(context.em, root.record)).stall;
  }

  @FieldResolver(() => MigrationWorker, {
    nullable: true,
    description:
      "The process that drives it now, for those who may migrate; null for others and without one.",
  })
  async worker(@Root() root: MigrationType, @Ctx() context: Context): Promise<MigrationWorker | null> {
    if ((await mayMigrate(context.em, actorOf(context), root.record)) !== true) {
      return null;
    }
    const [worker] = await readWorkerStatement.run(context.em, [root.id]);
    return worker === undefined ? null : { name: worker.name, since: new Date(worker.since) };
  }
}
