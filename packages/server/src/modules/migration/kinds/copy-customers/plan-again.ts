import { withoutNestedLoops } from "../../../../platform/database/without-nested-loops.ts";
import type { PlanAgain } from "../../kind.ts";
import type { CopyCustomersOptions } from "./options.ts";
import { countSetAsideStatement } from "./sql/count-set-aside.ts";
import { settlePlannedAgainStatement } from "./sql/settle-planned-again.ts";

/** Planning people again who changed after the plan or whom the database refused. */
export const planAgain: PlanAgain<CopyCustomersOptions> = {
  async count(em, migrationId) {
    const [row] = await countSetAsideStatement.run(em, [migrationId]);
    return row?.count ?? 0;
  },
  options: (options, migrationId) => ({ ...options, peopleOf: migrationId }),
  async settle(em, migrationId, followUpId) {
    const [row] = await withoutNestedLoops(em, () =>
      settlePlannedAgainStatement.run(em, [migrationId, followUpId]),
    );
    return row ?? { total: 0, fromAttention: 0, attentionToSuccessful: 0, failedToSuccessful: 0 };
  },
};
