import { statement, type StatementRunner } from "../../../platform/database/statement.ts";
import { directoryCounts } from "./directory-rows.ts";
import { Parameters, type DirectoryQuery } from "./directory-sources.ts";

/** How many identities the planner expects to match, from its statistics. */
export async function estimateDirectory(em: StatementRunner, query: DirectoryQuery): Promise<number> {
  const parameters = new Parameters();
  const branches = directoryCounts(query, parameters, null);
  if (branches.length === 0) {
    return 0;
  }
  const estimating = statement<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(
    "directory.estimateDirectory",
    `explain (format json) ${branches.join("\n union all \n")}`,
  );
  const [row] = await estimating.run(em, parameters.values);
  return Math.round(row?.["QUERY PLAN"][0].Plan["Plan Rows"] ?? 0);
}
