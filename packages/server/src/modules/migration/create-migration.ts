import type { EntityManager } from "../../platform/database/orm.ts";
import { refuse } from "../../platform/refusal.ts";
import { canMigrate, type Actor } from "../sign-in/index.ts";
import type { KindLookup } from "./engine/scope.ts";
import { migrationName } from "./migration-record.ts";
import { insistAllowed, requireSitePair } from "./migration.visibility.ts";
import { recordDecision } from "./record-decision.ts";
import { insertMigrationStatement } from "./sql/insert-migration.ts";

/** What a new migration needs; the rest of the input are the kind's options. */
export interface NewMigration {
  kind: string;
  sourceSiteId: string;
  destinationSiteId: string;
  options: Record<string, unknown>;
}

/** Makes a DRAFT in the caller's transaction; returns its id. Refuses equal sites and options the kind does not take. */
export async function createMigration(
  tx: EntityManager,
  kinds: KindLookup,
  actor: Actor,
  input: NewMigration,
): Promise<string> {
  const [source, destination] = await requireSitePair(tx, actor, input.sourceSiteId, input.destinationSiteId);
  insistAllowed(canMigrate(actor, source, destination));
  if (source.id === destination.id) {
    refuse("INVALID_INPUT", "Choose two different sites.", { field: "destinationSiteId" });
  }
  const options = kinds(input.kind).options.safeParse(input.options);
  if (!options.success) {
    const [issue] = options.error.issues;
    refuse("INVALID_INPUT", issue?.message ?? "These options cannot be used.", {
      field: issue?.path.join(".") || "projectKeys",
    });
  }
  const [created] = await insertMigrationStatement.run(tx, [
    source.organizationId,
    input.kind,
    source.id,
    destination.id,
    JSON.stringify(options.data),
    actor.accountId,
    null,
  ]);
  if (created === undefined) {
    throw new Error("The organization row is gone");
  }
  const summary = `${migrationName(created.number)} created: ${source.name} to ${destination.name}`;
  await recordDecision(tx, actor, created.id, source.organizationId, "CREATED", "create", summary);
  return created.id;
}
