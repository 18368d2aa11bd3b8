import { statement, type StatementRunner } from "../../../platform/database/statement.ts";
import type { AccountType, PersonKind } from "../directory.enums.types.ts";
import { directoryBranches, fewMatches, gatheredHits, mayBeGathered } from "./directory-rows.ts";
import { Parameters, type DirectoryKey, type DirectoryQuery } from "./directory-sources.ts";

/** One identity on one site. Exactly one of the two ids is set. */
export interface DirectoryRow {
  email: string;
  type: Extract<AccountType, "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT">;
  siteId: string;
  accountId: string | null;
  portalCustomerId: string | null;
  name: string;
  active: boolean;
  kind: PersonKind | null;
  customerRole: boolean;
  duplicate: boolean;
}

/** The next `limit` rows of the directory in the order of email, type and site. */
export async function listDirectory(
  em: StatementRunner,
  query: DirectoryQuery,
  after: DirectoryKey | null,
  limit: number,
): Promise<DirectoryRow[]> {
  if (query.siteIds.length === 0) {
    return [];
  }
  return (
    (mayBeGathered(query) ? await listGathered(em, query, after, limit) : null) ??
    listByBranches(em, query, after, limit)
  );
}

async function listByBranches(
  em: StatementRunner,
  query: DirectoryQuery,
  after: DirectoryKey | null,
  limit: number,
): Promise<DirectoryRow[]> {
  const parameters = new Parameters();
  const size = parameters.add(limit, "int");
  const branches = directoryBranches(query, parameters, size, after);
  const listing = statement<DirectoryRow>(
    "directory.listDirectory",
    `with page as (
       select * from (${branches.join("\n union all \n")}) candidate
       order by email, type, site_id limit ${size}
     )
     select ${columns} from page
     order by page.email, page.type, page.site_id`,
  );
  return listing.run(em, parameters.values);
}

/** The page when few are gathered, which costs a fraction of looking for it site by site; else null. */
async function listGathered(
  em: StatementRunner,
  query: DirectoryQuery,
  after: DirectoryKey | null,
  limit: number,
): Promise<DirectoryRow[] | null> {
  const parameters = new Parameters();
  const size = parameters.add(limit, "int");
  const branches = directoryBranches(query, parameters, size, after, "gathered");
  const listing = statement<DirectoryRow & { few: boolean }>(
    "directory.listDirectory",
    `with gathered as materialized (${gatheredHits(query, parameters, fewMatches + 1)}),
     few as materialized (select count(*) <= ${fewMatches} as yes from gathered),
     page as (
       select * from (${branches.join("\n union \n")}) candidate
       where (select yes from few)
       order by email, type, site_id limit ${size}
     )
     -- One row without a person when there is none.
     select few.yes as few, ${columns} from few left join page on true
     order by page.email, page.type, page.site_id`,
  );
  const rows = await listing.run(em, parameters.values);
  return rows[0]?.few === true ? rows.filter(({ email }) => email !== null) : null;
}

// Role and duplicate are looked up for the rows of the page alone.
const columns = `page.email, page.type, page.site_id as "siteId", page.account_id as "accountId",
  page.portal_customer_id as "portalCustomerId", page.name, page.active, page.kind,
  coalesce((select i.customer_role from site_identity i
    where i.site_id = page.site_id and i.account_id = page.account_id), false) as "customerRole",
  case when page.account_id is null
    then exists (select 1 from account a join site_account sa on sa.account_id = a.id
      where a.email = page.email and sa.site_id = page.site_id)
    else exists (select 1 from portal_customer p where p.site_id = page.site_id and p.email = page.email)
  end as duplicate`;
