import type { EntityManager } from "../../platform/database/orm.ts";
import type { ImportApplier } from "./apply/import-applier.ts";
import { failAbandonedImportsStatement } from "./sql/fail-abandoned-imports.ts";
import { findUnfinishedAppliesStatement } from "./sql/find-unfinished-applies.ts";
import { CUT_OFF_CODE, UploadCutOff } from "./staging/progress.ts";

/**
 * Ends what a stopped or killed process left: files it was receiving are FAILED, those it was applying are applied
 * again in the background. Leaves alone what a living process, here or on another node, is working on, so it may
 * be called at any time; the program calls it at its start.
 * @returns ids of the imports that were failed and of those being applied again
 */
export async function recoverImports(
  em: EntityManager,
  applier: ImportApplier,
): Promise<{ failed: string[]; applying: string[] }> {
  const failed = await failAbandonedImportsStatement.run(em, [CUT_OFF_CODE, new UploadCutOff().message]);
  const applying = await findUnfinishedAppliesStatement.run(em);
  for (const { id } of applying) {
    applier.start(id);
  }
  return { failed: failed.map(({ id }) => id), applying: applying.map(({ id }) => id) };
}
