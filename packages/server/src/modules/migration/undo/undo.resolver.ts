import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from "type-graphql";
import { Access } from "../../../platform/graphql/access.ts";
import { decodeCursor, pageSize, toPage } from "../../../platform/graphql/connection.ts";
import type { RequestContext } from "../../../platform/graphql/context.ts";
import { answerOnce, type AnswerStore } from "../../../platform/idempotency/answer-once.ts";
import { isRefused, type Refused } from "../../../platform/refusal.ts";
import { loadPersonRefs, PersonRefType } from "../../directory/index.ts";
import type { Actor } from "../../sign-in/index.ts";
import type { KindLookup } from "../engine/scope.ts";
import { statesBefore } from "../engine/states.ts";
import { actorOf, loadMigrationRecord } from "../migration.context.ts";
import { mayMigrate } from "../migration.visibility.ts";
import { loadSitePairStatement } from "../sql/load-site-pair.ts";
import type { UndoRecord } from "../undo-record.ts";
import { listUndoPeopleStatement } from "./sql/list-undo-people.ts";
import { reloadUndo, type UndoService } from "./undo.service.ts";
import {
  MigrationUndoType,
  PlanUndoInput,
  StartUndoInput,
  UndoActionEnum,
  UndoPersonConnection,
  UndoResult,
  UndoSuccess,
} from "./undo.types.ts";
import { toUndoPerson, toUndoType } from "./undo.view.ts";

type Context = RequestContext<Actor>;

const undoAnswer: AnswerStore<UndoRecord> = {
  save: (record) => ({ id: record.id }),
  load: (em, saved) => reloadUndo(em, String(saved.id)),
};

/** Undoing a run: asking for the plan, starting it, and what it says about people. */
@Resolver(() => MigrationUndoType)
export class UndoResolver {
  readonly #service: UndoService;
  readonly #kinds: KindLookup;

  constructor(service: UndoService, kinds: KindLookup) {
    this.#service = service;
    this.#kinds = kinds;
  }

  @Access("signed-in")
  @Mutation(() => UndoResult, { description: "Plans an undo in the background; nobody is changed." })
  async planUndo(
    @Ctx() context: Context,
    @Arg("input", () => PlanUndoInput, { description: "Of what." }) input: PlanUndoInput,
  ): Promise<UndoSuccess | Refused> {
    const actor = actorOf(context);
    const answer = await answerOnce(
      context,
      "planUndo",
      input,
      (em) => this.#service.plan(em, actor, input),
      undoAnswer,
    );
    return isRefused(answer) ? answer : { undo: toUndoType(answer) };
  }

  @Access("signed-in")
  @Mutation(() => UndoResult, { description: "Starts the undo that was planned and shown." })
  async startUndo(
    @Ctx() context: Context,
    @Arg("input", () => StartUndoInput, { description: "Which one." }) input: StartUndoInput,
  ): Promise<UndoSuccess | Refused> {
    const actor = actorOf(context);
    const answer = await answerOnce(
      context,
      "startUndo",
      input,
      (em) => this.#service.start(em, actor, input),
      undoAnswer,
    );
    return isRefused(answer) ? answer : { undo: toUndoType(answer) };
  }

  @FieldResolver(() => [String], {
    description: "What people will notice, one sentence each; empty until the plan is made.",
  })
  async whatPeopleNotice(@Root() root: MigrationUndoType, @Ctx() context: Context): Promise<string[]> {
    const { record } = root;
    const migration = await loadMigrationRecord(context, record.migrationId);
    if (migration === null || record.plannedAt === null) {
      return [];
    }
    const ids = [migration.sourceSiteId, migration.destinationSiteId];
    const sites = await loadSitePairStatement.run(context.em, [ids]);
    const [source = "", destination = ""] = ids.map((id) => sites.find((site) => site.id === id)?.name);
    const counts = {
      restore: record.restoreCount,
      setAside: record.setAsideCount,
      unchanged: record.unchangedCount,
    };
    return this.#kinds(migration.kind).undo?.describe(counts, { source, destination }) ?? [];
  }

  @FieldResolver(() => UndoPersonConnection, {
    description: "The rows of the undo, in the order of the run.",
  })
  async people(
    @Root() root: MigrationUndoType,
    @Ctx() context: Context,
    @Arg("action", () => UndoActionEnum, { nullable: true, description: "Only these." }) action:
      | string
      | null,
    @Arg("first", () => Int, { nullable: true, defaultValue: 50, description: "Page size, 1–100." })
    first: number,
    @Arg("after", () => String, { nullable: true, description: "Cursor to go on from." }) after:
      | string
      | null,
  ): Promise<UndoPersonConnection> {
    const size = pageSize(first);
    const { record } = root;
    const [afterOrdinal] = decodeCursor(after, 1) ?? [null];
    const rows = await listUndoPeopleStatement.run(context.em, [
      record.id,
      record.migrationId,
      action,
      afterOrdinal,
      size + 1,
    ]);
    return toPage(
      rows,
      size,
      after,
      (row) => [row.ordinal],
      (row) => toUndoPerson(row, record),
    );
  }

  @FieldResolver(() => PersonRefType, { nullable: true, description: "Who asked for it." })
  async requestedBy(@Root() root: MigrationUndoType, @Ctx() context: Context): Promise<PersonRefType | null> {
    return loadPersonRefs(context).load(root.record.createdBy);
  }

  @FieldResolver(() => PersonRefType, { nullable: true, description: "Who started it." })
  async startedBy(@Root() root: MigrationUndoType, @Ctx() context: Context): Promise<PersonRefType | null> {
    const { startedBy } = root.record;
    return startedBy === null ? null : loadPersonRefs(context).load(startedBy);
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may start it now." })
  async viewerCanStart(@Root() root: MigrationUndoType, @Ctx() context: Context): Promise<boolean> {
    const migration = await loadMigrationRecord(context, root.record.migrationId);
    return (
      migration !== null &&
      root.state === "PLANNED" &&
      statesBefore("UNDOING").includes(migration.state) &&
      (await mayMigrate(context.em, actorOf(context), migration)) === true
    );
  }
}
