import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from "type-graphql";
import { digestJson } from "../../platform/canonical-json.ts";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import type { Actor } from "../sign-in/index.ts";
import { scopeOf, type KindLookup } from "./engine/scope.ts";
import { itemFilterParameters } from "./item-filter.ts";
import { readProgress } from "./live/read-progress.ts";
import { loadGroupName } from "./migration.context.ts";
import { MigrationItemFilter } from "./migration.inputs.types.ts";
import { MigrationItemConnection, MigrationItemType } from "./migration-item.types.ts";
import { MigrationCheck, MigrationPlan } from "./migration-plan.types.ts";
import { MigrationEventObject, MigrationProgress, ProblemCount } from "./migration-progress.types.ts";
import { MigrationType } from "./migration.types.ts";
import { toEventType, toItemType } from "./migration.view.ts";
import { problemText } from "./outcome-texts.ts";
import { readShownPlan, showOutcomes } from "./shown-plan.ts";
import { countProblemsStatement } from "./sql/count-problems.ts";
import { listChecksStatement } from "./sql/list-checks.ts";
import { listEventsStatement } from "./sql/list-events.ts";
import { listAttentionStatement } from "./sql/list-attention.ts";
import { listItemsStatement } from "./sql/list-items.ts";
import { loadItemStatement } from "./sql/load-item.ts";

const staleReasons = {
  open: "People or projects of these sites changed since this plan was made. Plan again.",
  sealed:
    "People or projects of these sites changed since this plan was sealed. The run sets people aside who are no longer as planned, and does everyone else as approved. To plan them as they are now, plan again.",
};

/** The parts of one migration: plan, checks, progress, items, events. */
@Resolver(() => MigrationType)
export class MigrationDetailResolver {
  readonly #kinds: KindLookup;

  constructor(kinds: KindLookup) {
    this.#kinds = kinds;
  }

  @FieldResolver(() => MigrationPlan, { nullable: true, description: "The plan; null before one was made." })
  async plan(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<MigrationPlan | null> {
    const { record } = root;
    if (record.planSummary === null || record.planFingerprint === null || record.plannedAt === null) {
      return null;
    }
    const kind = this.#kinds(record.kind);
    const beforeStart = record.startedAt === null;
    const digest = beforeStart
      ? await kind.inputDigest(context.em, scopeOf(record, kind))
      : record.planInputDigest;
    const stale = digest !== record.planInputDigest;
    const shown = await readShownPlan(context.em, kind, record);
    return {
      ...record.planSummary,
      fingerprint: record.planFingerprint,
      shownDigest: digestJson(shown),
      plannedAt: record.plannedAt,
      rows: showOutcomes(record.planSummary),
      stale,
      staleReason: stale ? staleReasons[record.state === "APPROVED" ? "sealed" : "open"] : null,
      whatPeopleNotice: shown?.whatPeopleNotice ?? [],
    };
  }

  @FieldResolver(() => [MigrationCheck], { description: "The checks of the newest plan, blockers first." })
  async checks(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<MigrationCheck[]> {
    const rows = await listChecksStatement.run(context.em, [root.id]);
    return rows.map((row) => ({ ...row, checkedAt: new Date(row.checkedAt) }));
  }

  @FieldResolver(() => MigrationProgress, { description: "Where the run stands now." })
  async progress(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<MigrationProgress> {
    return readProgress(context.em, root.record);
  }

  @FieldResolver(() => MigrationItemConnection, { description: "The rows of the plan, in its order." })
  async items(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
    @Arg("first", () => Int, { nullable: true, defaultValue: 50, description: "Page size, 1–100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." }) after:
      | string
      | null,
    @Arg("filter", () => MigrationItemFilter, { nullable: true, description: "Which rows." })
    filter: MigrationItemFilter | null,
  ): Promise<MigrationItemConnection> {
    const size = pageSize(first);
    const [afterOrdinal] = decodeCursor(after, 1) ?? [null];
    const parameters = itemFilterParameters(root.id, filter);
    const listing =
      filter?.outcome === "REQUIRES_ATTENTION" || filter?.openAttention === true
        ? listAttentionStatement
        : listItemsStatement;
    const rows = await listing.run(context.em, [...parameters, afterOrdinal, size + 1]);
    const groupName = await loadGroupName(context, root.id);
    const page = toPage(
      rows,
      size,
      after,
      (row) => [row.ordinal],
      (row) => toItemType(row, groupName),
    );
    return { ...page, filterParameters: parameters };
  }

  @FieldResolver(() => MigrationItemType, { nullable: true, description: "One row of this migration." })
  async item(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
    @Arg("id", () => ID, { description: "The item." }) id: string,
  ): Promise<MigrationItemType | null> {
    const [row] = /^[0-9a-f-]{36}$/i.test(id) ? await loadItemStatement.run(context.em, [root.id, id]) : [];
    return row === undefined ? null : toItemType(row, await loadGroupName(context, root.id));
  }

  @FieldResolver(() => [MigrationEventObject], { description: "Events, newest first." })
  async events(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
    @Arg("first", () => Int, { nullable: true, defaultValue: 100, description: "How many, 1–100." })
    first: number,
    @Arg("beforeSequence", () => Int, { nullable: true, description: "Only older ones." }) before:
      | number
      | null,
    @Arg("search", () => String, { nullable: true, description: "Words of the summary." }) search:
      | string
      | null,
  ): Promise<MigrationEventObject[]> {
    const words = search?.trim() || null;
    const rows = await listEventsStatement.run(context.em, [root.id, before, words, pageSize(first, 100)]);
    return rows.map(toEventType);
  }

  @FieldResolver(() => [ProblemCount], { description: "Rows waiting for a person, by problem." })
  async attentionByProblem(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<ProblemCount[]> {
    const rows = await countProblemsStatement.run(context.em, [root.id]);
    return rows.map((row) => ({ ...row, text: problemText(row.problem, null) }));
  }
}
