import { Ctx, FieldResolver, Int, Resolver, Root } from "type-graphql";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { loader } from "../../platform/graphql/loader.ts";
import type { Actor } from "../sign-in/index.ts";
import type { KindLookup } from "./engine/scope.ts";
import { endedStates, findOpen } from "./follow-up.ts";
import { actorOf, loadMigrationRecord } from "./migration.context.ts";
import { toMigrationRecord, type MigrationRecord } from "./migration-record.ts";
import { MigrationItemType } from "./migration-item.types.ts";
import { MigrationType } from "./migration.types.ts";
import { toMigrationType } from "./migration.view.ts";
import { mayMigrate } from "./migration.visibility.ts";
import { listFollowUpsStatement } from "./sql/list-follow-ups.ts";

type Context = RequestContext<Actor>;

/** Planning again whom a run set aside: how many wait, and the migrations that do it. Same sites, so the same readers. */
@Resolver(() => MigrationType)
export class FollowUpResolver {
  readonly #kinds: KindLookup;

  constructor(kinds: KindLookup) {
    this.#kinds = kinds;
  }

  @FieldResolver(() => Int, {
    description: "People set aside by the run who can be planned again and were not yet.",
  })
  async setAsideCount(@Root() root: MigrationType, @Ctx() context: Context): Promise<number> {
    const { planAgain } = this.#kinds(root.kind);
    return root.record.startedAt === null || planAgain === undefined
      ? 0
      : planAgain.count(context.em, root.id);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the viewer may plan the people set aside again now.",
  })
  async viewerCanPlanAgain(@Root() root: MigrationType, @Ctx() context: Context): Promise<boolean> {
    return (
      endedStates.includes(root.record.state) &&
      (await this.setAsideCount(root, context)) > 0 &&
      findOpen((await this.followUps(root, context)).map(({ record }) => record)) === undefined &&
      (await mayMigrate(context.em, actorOf(context), root.record)) === true
    );
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may go on with a failed run now." })
  async viewerCanRetry(@Root() root: MigrationType, @Ctx() context: Context): Promise<boolean> {
    return root.state === "FAILED" && (await mayMigrate(context.em, actorOf(context), root.record)) === true;
  }

  @FieldResolver(() => [MigrationType], {
    description: "Migrations that plan people of this one again, oldest first.",
  })
  async followUps(@Root() root: MigrationType, @Ctx() context: Context): Promise<MigrationType[]> {
    const found = await loader<MigrationRecord[]>(context, "migration.followUps", async (ids) => {
      const rows = await listFollowUpsStatement.run(context.em, [ids]);
      const records = rows.map(toMigrationRecord);
      return new Map(ids.map((id) => [id, records.filter((record) => record.followUpOf === id)]));
    }).load(root.id);
    return (found ?? []).map(toMigrationType);
  }

  @FieldResolver(() => MigrationType, {
    nullable: true,
    description: "The migration whose set-aside people this one plans again.",
  })
  async followUpOf(@Root() root: MigrationType, @Ctx() context: Context): Promise<MigrationType | null> {
    return findMigration(context, root.record.followUpOf);
  }
}

/** Where a person set aside goes on. */
@Resolver(() => MigrationItemType)
export class ItemFollowUpResolver {
  @FieldResolver(() => MigrationType, {
    nullable: true,
    description: "The migration that planned this person again.",
  })
  async followUp(@Root() root: MigrationItemType, @Ctx() context: Context): Promise<MigrationType | null> {
    return findMigration(context, root.row.followUpId);
  }
}

async function findMigration(context: Context, id: string | null): Promise<MigrationType | null> {
  const record = id === null ? null : await loadMigrationRecord(context, id);
  return record === null ? null : toMigrationType(record);
}
