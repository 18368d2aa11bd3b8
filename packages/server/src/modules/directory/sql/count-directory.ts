import { statement, type StatementRunner } from "../../../platform/database/statement.ts";
import { directoryCounts, Parameters, type DirectoryQuery } from "./directory-rows.ts";

/** How many identities match, counted no further than `limit` per site and type. */
export async function countDirectory(
  em: StatementRunner,
  query: DirectoryQuery,
  limit: number,
): Promise<number> {
  const parameters = new Parameters();
  const branches = directoryCounts(query, parameters, parameters.add(limit, "int"));
  if (branches.length === 0) {
    return 0;
  }
  const counting = statement<{ count: number }>(
    "directory.countDirectory",
    `select count(*)::int as count from (${branches.join("\n union all \n")}) counted`,
  );
  const [row] = await counting.run(em, parameters.values);
  return row?.count ?? 0;
}
