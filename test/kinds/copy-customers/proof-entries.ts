import {
  type AccessProof,
  computeProof,
  prepareProof,
  replaceProof,
  streamDifferences,
} from "../../../packages/server/src/modules/access-proof/index.ts";
import { query } from "../../kit/query.ts";
import type { CopyWorld } from "./copy-world.ts";

/** Computes a run's proof and makes it the one that is read, as the engine does. */
export async function prove(world: CopyWorld, migrationId: string): Promise<AccessProof> {
  await prepareProof(world.em);
  return world.em.transactional(async (tx) => {
    const [next] = await query<{ computation: number }>(
      tx,
      "update migration set access_version = access_version + 1 where id = $1 returning access_version::int as computation",
      [migrationId],
    );
    const computation = next?.computation ?? 0;
    const proof = await computeProof(tx, migrationId, computation);
    await replaceProof(tx, migrationId, computation);
    await query(tx, "update migration set proof = $2::jsonb, proven_version = $3 where id = $1", [
      migrationId,
      JSON.stringify(proof),
      computation,
    ]);
    return proof;
  });
}

/** Every entry of a run's newest proof, read in pages of this many people. */
export async function allChanges(
  world: CopyWorld,
  migrationId: string,
  pageSize?: number,
): Promise<ReturnType<typeof entry>[]> {
  const entries: ReturnType<typeof entry>[] = [];
  for await (const page of streamDifferences(world.em, migrationId, pageSize)) {
    for (const { email, differences } of page) {
      entries.push(...differences.map(({ cause: _cause, ...shown }) => ({ email, ...shown })));
    }
  }
  return entries;
}

/** Proves a run and gives the entries nothing explains, as `person resource change`. */
export async function unexplained(world: CopyWorld, migrationId: string): Promise<string[]> {
  const proof = await prove(world, migrationId);
  const wrong = (await allChanges(world, migrationId)).filter((found) => found.explainedBy === null);
  if (wrong.length !== proof.unexplained) {
    throw new Error(`${proof.unexplained} counted, ${wrong.length} listed`);
  }
  return wrong.map((found) => `${found.email.split("@")[0]} ${found.resource} ${found.change}`);
}

/** An entry of the proof about somebody of the world. */
export const entry = (
  world: CopyWorld,
  local: string,
  resource: string,
  change: "lost" | "gained",
  explainedBy: string | null,
) => ({
  email: world.mail(local),
  resource,
  permission: "reach",
  change,
  explainedBy,
});
