import {
  type AccessDifference,
  streamAccessChanges,
} from "../../../packages/server/src/modules/access-proof/index.ts";
import type { CopyWorld } from "./copy-world.ts";

/** Every entry of a run's proof, read in pages of this many people. */
export async function allChanges(
  world: CopyWorld,
  migrationId: string,
  pageSize?: number,
): Promise<AccessDifference[]> {
  const entries: AccessDifference[] = [];
  for await (const page of streamAccessChanges(world.em, migrationId, pageSize)) {
    entries.push(...page);
  }
  return entries;
}

/** An entry of the proof about somebody of the world. */
export const entry = (
  world: CopyWorld,
  local: string,
  resource: string,
  change: string,
  explainedBy: string | null,
) => ({
  email: world.mail(local),
  resource,
  permission: "reach",
  change,
  explainedBy,
});
