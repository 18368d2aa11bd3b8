import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from "type-graphql";
import { decodeCursor, pageSize, toPage } from "../../platform/graphql/connection.ts";
import type { RequestContext } from "../../platform/graphql/context.ts";
import { accessProofSample } from "../access-proof/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { scopeOf, type KindLookup } from "./engine/scope.ts";
import { itemFilterParameters } from "./item-filter.ts";
import { readProgress } from "./live/read-progress.ts";
import { loadGroupName } from "./migration.context.ts";
import { MigrationItemFilter } from "./migration.inputs.types.ts";
import { MigrationItemConnection, MigrationItemType } from "./migration-item.types.ts";
import { MigrationCheck, MigrationPlan } from "./migration-plan.types.ts";
import {
  AccessProofSummary,
  MigrationEventObject,
  MigrationProgress,
  ProblemCount,
} from "./migration-progress.types.ts";
import { MigrationType } from "./migration.types.ts";
import { toEventType, toItemType } from "./migration.view.ts";
import { nextStepText, problemText } from "./outcome-texts.ts";
import { countProblemsStatement } from "./sql/count-problems.ts";
import { listChecksStatement } from "./sql/list-checks.ts";
import { listEventsStatement } from "./sql/list-events.ts";
import { listItemsStatement } from "./sql/list-items.ts";
import { loadItemStatement } from "./sql/load-item.ts";
import { loadSitePairStatement } from "./sql/load-site-pair.ts";

/** The parts of one migration: plan, checks, progress, items, events, proof. */
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
    const sites = await loadSitePairStatement.run(context.em, [
      [record.sourceSiteId, record.destinationSiteId],
    ]);
    const nameOf = (id: string): string => sites.find((site) => site.id === id)?.name ?? "";
    const { planSummary: summary } = record;
    return {
      ...summary,
      fingerprint: record.planFingerprint,
      plannedAt: record.plannedAt,
      rows: summary.rows.map((row) => ({
        ...row,
        problemText: row.problem === null ? null : problemText(row.problem, null),
        nextStepText: row.nextStep === null ? null : nextStepText(row.nextStep, summary.groupName),
      })),
      stale,
      staleReason: stale
        ? "People or projects of these sites changed since this plan was made. Plan again."
        : null,
      whatPeopleNotice: kind.describe(summary, {
        source: nameOf(record.sourceSiteId),
        destination: nameOf(record.destinationSiteId),
      }),
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
    const rows = await listItemsStatement.run(context.em, [...parameters, afterOrdinal, size + 1]);
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

  @FieldResolver(() => AccessProofSummary, {
    nullable: true,
    description: "Access before and after; null until the run ends.",
  })
  async accessProof(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
  ): Promise<AccessProofSummary | null> {
    const { proof } = root.record;
    if (proof === null) {
      return null;
    }
    const sample = await accessProofSample(context.em, root.id, 50);
    return { ...proof, computedAt: new Date(proof.computedAt), sample };
  }
}
