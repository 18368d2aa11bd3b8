import { Arg, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from "type-graphql";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import { Access } from "../../platform/graphql/access.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { notFound } from "../../platform/graphql/errors.ts";
import { loadPersonRefs, loadSites, PersonRefType, SiteType } from "../directory/index.ts";
import { canReadDirectory, isOrganizationAdmin, type Actor } from "../sign-in/index.ts";
import { isHeldByBrake } from "./brakes/release-rule.ts";
import { actorOf } from "./migration.context.ts";
import { MigrationFilter } from "./migration.inputs.types.ts";
import { toMigrationRecord, type MigrationRow } from "./migration-record.ts";
import { MigrationConnection, MigrationType } from "./migration.types.ts";
import { toMigrationType } from "./migration.view.ts";
import { findVisibleMigration, mayMigrate } from "./migration.visibility.ts";
import { listMigrationsStatement } from "./sql/list-migrations.ts";

/** Migrations: finding them, who made them, where they go and what the viewer may do. */
@Resolver(() => MigrationType)
export class MigrationResolver {
  @Access("signed-in")
  @Query(() => MigrationType, {
    nullable: true,
    description: "A migration the viewer may read; null otherwise.",
  })
  async migration(
    @Ctx() context: RequestContext<Actor>,
    @Arg("id", () => ID, { description: "The migration." }) id: string,
  ): Promise<MigrationType | null> {
    const record = await findVisibleMigration(context.em, actorOf(context), id);
    return record === null ? null : toMigrationType(record);
  }

  @Access("signed-in")
  @Query(() => MigrationConnection, { description: "The organization's migrations, newest first." })
  async migrations(
    @Ctx() context: RequestContext<Actor>,
    @Arg("organizationId", () => ID, { description: "The organization." }) organizationId: string,
    @Arg("filter", () => MigrationFilter, { nullable: true, description: "Which ones." })
    filter: MigrationFilter | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: 50, description: "Page size, 1–100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." }) after:
      | string
      | null,
  ): Promise<MigrationConnection> {
    if (canReadDirectory(actorOf(context), organizationId) !== true) {
      throw notFound();
    }
    const size = pageSize(first);
    const [afterNumber] = decodeCursor(after, 1) ?? [null];
    const search = filter?.search?.trim() || null;
    const rows = await listMigrationsStatement.run(context.em, [
      organizationId,
      filter?.states ?? null,
      filter?.needsAttention ?? null,
      search,
      afterNumber,
      size + 1,
    ]);
    const actor = actorOf(context);
    const visible = isOrganizationAdmin(actor, organizationId)
      ? rows
      : rows.filter((row) => administersOneOf(actor, row));
    const page = toPage(
      visible,
      size,
      after,
      (row) => [row.number],
      (row) => toMigrationType(toMigrationRecord(row)),
    );
    return { ...page, totalCount: rows[0]?.total ?? 0 };
  }

  @FieldResolver(() => SiteType, { description: "Where people are copied from." })
  async sourceSite(@Root() root: MigrationType, @Ctx() context: RequestContext<Actor>): Promise<SiteType> {
    return required(await loadSites(context).load(root.record.sourceSiteId));
  }

  @FieldResolver(() => SiteType, { description: "Where people are copied to." })
  async destinationSite(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<SiteType> {
    return required(await loadSites(context).load(root.record.destinationSiteId));
  }

  @FieldResolver(() => PersonRefType, { description: "Who created it." })
  async createdBy(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<PersonRefType> {
    return required(await loadPersonRefs(context).load(root.record.createdBy));
  }

  @FieldResolver(() => PersonRefType, { nullable: true, description: "Who sealed the plan." })
  async approvedBy(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<PersonRefType | null> {
    return root.record.approvedBy === null ? null : loadPersonRefs(context).load(root.record.approvedBy);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Where the zip of reports is; null before a plan.",
  })
  reportUrl(@Root() root: MigrationType): string | null {
    return root.record.startedAt === null ? null : `/api/migrations/${root.id}/report.zip`;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: "Where the signed evidence pack is; null before the run was started.",
  })
  evidenceUrl(@Root() root: MigrationType): string | null {
    return root.record.startedAt === null ? null : `/api/migrations/${root.id}/evidence.zip`;
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may make a plan now." })
  async viewerCanPlan(@Root() root: MigrationType, @Ctx() context: RequestContext<Actor>): Promise<boolean> {
    return this.#viewerMay(root, context, ["DRAFT", "PLANNED", "APPROVED"]);
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may start the run now." })
  async viewerCanStart(@Root() root: MigrationType, @Ctx() context: RequestContext<Actor>): Promise<boolean> {
    return this.#viewerMay(root, context, ["APPROVED"]);
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may pause the run now." })
  async viewerCanPause(@Root() root: MigrationType, @Ctx() context: RequestContext<Actor>): Promise<boolean> {
    return this.#viewerMay(root, context, ["RUNNING"]);
  }

  @FieldResolver(() => Boolean, {
    description: "Whether the viewer may resume the run now; not while a brake holds it.",
  })
  async viewerCanResume(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<boolean> {
    return (
      (await this.#viewerMay(root, context, ["PAUSED"])) && !(await isHeldByBrake(context.em, root.record))
    );
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may stop the migration for good now." })
  async viewerCanCancel(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<boolean> {
    return this.#viewerMay(root, context, ["DRAFT", "PLANNED", "APPROVED", "RUNNING", "PAUSED"]);
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may settle rows that require attention." })
  async viewerCanResolve(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<boolean> {
    return (await mayMigrate(context.em, actorOf(context), root.record)) === true;
  }

  @FieldResolver(() => String, { nullable: true, description: "Why the viewer may not act, and who can." })
  async whyNot(@Root() root: MigrationType, @Ctx() context: RequestContext<Actor>): Promise<string | null> {
    const allowed = await mayMigrate(context.em, actorOf(context), root.record);
    return allowed === true ? null : allowed.message;
  }

  async #viewerMay(root: MigrationType, context: RequestContext<Actor>, states: string[]): Promise<boolean> {
    return (
      states.includes(root.state) && (await mayMigrate(context.em, actorOf(context), root.record)) === true
    );
  }
}

function administersOneOf(actor: Actor, row: MigrationRow): boolean {
  return actor.grants.some(
    (grant) => grant.siteId === row.sourceSiteId || grant.siteId === row.destinationSiteId,
  );
}

function required<T>(value: T | null): T {
  if (value === null) {
    throw new Error("A referenced row is gone");
  }
  return value;
}
