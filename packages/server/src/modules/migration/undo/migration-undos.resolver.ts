import { Arg, Ctx, FieldResolver, ID, Int, Resolver, Root } from "type-graphql";
import { pageSize } from "../../../platform/graphql/connection.ts";
import type { RequestContext } from "../../../platform/graphql/context.ts";
import type { Actor } from "../../sign-in/index.ts";
import type { KindLookup } from "../engine/scope.ts";
import { statesBefore } from "../engine/states.ts";
import { actorOf } from "../migration.context.ts";
import { MigrationType } from "../migration.types.ts";
import { isUuid, mayMigrate } from "../migration.visibility.ts";
import { toUndoRecord } from "../undo-record.ts";
import { listUndosStatement } from "./sql/list-undos.ts";
import { MigrationUndoType } from "./undo.types.ts";
import { toUndoType } from "./undo.view.ts";

/** The undos of a migration, seen from the migration. */
@Resolver(() => MigrationType)
export class MigrationUndosResolver {
  readonly #kinds: KindLookup;

  constructor(kinds: KindLookup) {
    this.#kinds = kinds;
  }

  @FieldResolver(() => [MigrationUndoType], { description: "Undos planned or done, newest first." })
  async undos(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
    @Arg("first", () => Int, { nullable: true, defaultValue: 20, description: "How many, 1–100." })
    first: number,
  ): Promise<MigrationUndoType[]> {
    const rows = await listUndosStatement.run(context.em, [root.id, null, pageSize(first, 20)]);
    return rows.map((row) => toUndoType(toUndoRecord(row)));
  }

  @FieldResolver(() => MigrationUndoType, { nullable: true, description: "One undo of this migration." })
  async undo(
    @Root() root: MigrationType,
    @Ctx() context: RequestContext<Actor>,
    @Arg("id", () => ID, { description: "The undo." }) id: string,
  ): Promise<MigrationUndoType | null> {
    const [row] = isUuid(id) ? await listUndosStatement.run(context.em, [root.id, id, 1]) : [];
    return row === undefined ? null : toUndoType(toUndoRecord(row));
  }

  @FieldResolver(() => Boolean, { description: "Whether the viewer may undo the run, or some of it, now." })
  async viewerCanUndo(@Root() root: MigrationType, @Ctx() context: RequestContext<Actor>): Promise<boolean> {
    const { record } = root;
    return (
      statesBefore("UNDOING").includes(record.state) &&
      record.startedAt !== null &&
      record.journaled &&
      this.#kinds(record.kind).undo !== undefined &&
      (await mayMigrate(context.em, actorOf(context), record)) === true
    );
  }
}
