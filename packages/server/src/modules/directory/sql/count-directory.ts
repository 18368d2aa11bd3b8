import { statement, type StatementRunner } from "../../../platform/database/statement.ts";
import { directoryCounts, gatheredHits, looksForNames } from "./directory-rows.ts";
import { Parameters, type DirectoryQuery } from "./directory-sources.ts";

/** How many identities match, counted no further than `limit` per site and type, and that many by their names. */
export async function countDirectory(
  em: StatementRunner,
  query: DirectoryQuery,
  limit: number,
): Promise<number> {
  const parameters = new Parameters();
  const byNames = looksForNames(query);
  const branches = directoryCounts(
    query,
    parameters,
    parameters.add(limit, "int"),
    byNames ? "email" : "email or name",
  );
  if (branches.length === 0) {
    return 0;
  }
  if (byNames) {
    const pattern = parameters.add(query.search?.emailPattern ?? null, "text");
    // Who is found by the email counts there.
    branches.push(
      `(select 1 from (${gatheredHits(query, parameters, limit)}) hit where not hit.email like ${pattern})`,
    );
  }
  const counting = statement<{ count: number }>(
    "directory.countDirectory",
    `select count(*)::int as count from (${branches.join("\n union all \n")}) counted`,
  );
  const [row] = await counting.run(em, parameters.values);
  return row?.count ?? 0;
}
