import {
  accounts,
  beyond,
  keyPlaces,
  nameMatches,
  narrow,
  pairs,
  searchAny,
  searchPlaces,
  select,
  sourcesOf,
  type DirectoryKey,
  type DirectoryQuery,
  type KeyPlaces,
  type Parameters,
  type SearchPlaces,
  type Source,
} from "./directory-sources.ts";

/** Up to so many matches are sorted at once. */
export const fewMatches = 5_000;
/** How many people, in email order, are looked at for a page of a frequent name. */
const shortWalk = 3_000;

/**
 * One parenthesised SELECT per site and type, each ordered and at most `limit` rows long; together they hold the
 * first `limit` rows of the directory after `after`. A site is a constant of its branch, so that the planner
 * knows how large it is: one branch over `any(sites)` or a lateral join gets the plan of an average site.
 * @param gathered the common table expression of gatheredHits, where there is one; its rows have no other branch
 */
export function directoryBranches(
  query: DirectoryQuery,
  parameters: Parameters,
  limit: string,
  after: DirectoryKey | null,
  gathered: string | null = null,
): string[] {
  const key = after === null ? null : keyPlaces(after, parameters);
  const search = query.search === null ? null : searchPlaces(query.search, parameters, gathered === null);
  const branches = query.siteIds.flatMap((siteId) => {
    const site = parameters.add(siteId, "uuid");
    return sourcesOf(query)
      .filter((source) => gathered === null || search !== null || source !== accounts)
      .map((source) => {
        const narrowed = narrow(source, query, parameters);
        if (search !== null && source !== pairs) {
          return searchBranch({ source, site, narrowed, key, limit }, search);
        }
        const where = [`${source.site} = ${site}`, ...narrowed, ...beyond(source, key, source.email)];
        if (search !== null) {
          where.push(`(${searchAny(source, search)})`);
        }
        return select(source, where.join(" and "), limit);
      });
  });
  return gathered === null ? branches : [...branches, gatheredPage(gathered, key, limit)];
}

/** Whether names are looked for, which an index knows for all sites at once. */
export function looksForNames({ search, duplicatesOnly }: DirectoryQuery): boolean {
  return search !== null && search.nameQuery !== null && !duplicatesOnly;
}

/**
 * Whether an index gives what is looked for, but not in the order of the directory: names, and deactivated accounts.
 * While they are few they are gathered and sorted; walking a site in the order of emails would take long to find them.
 */
export function mayBeGathered(query: DirectoryQuery): boolean {
  return (
    looksForNames(query) ||
    (query.search === null && query.active === false && !query.duplicatesOnly && query.type !== "PORTAL_ONLY")
  );
}

/**
 * All whose names match, or all deactivated accounts, on any of the sites, but no more than `most` of each type: one
 * look into an index instead of one for each site. `is true` keeps the planner from reading the sites themselves
 * for a name.
 */
export function gatheredHits(query: DirectoryQuery, parameters: Parameters, most: number): string {
  const sites = parameters.add(query.siteIds, "uuid[]");
  const names = query.search?.nameQuery ?? null;
  const nameQuery = names === null ? null : parameters.add(names, "text");
  return sourcesOf(query)
    .filter((source) => nameQuery !== null || source === accounts)
    .map((source) => {
      const onSites = `${source.site} = any(${sites})`;
      const found =
        nameQuery === null ? [onSites] : [`(${onSites}) is true`, nameMatches(source.name, nameQuery)];
      const where = [...found, ...narrow(source, query, parameters)].join(" and ");
      return `(select ${source.columns} from ${source.from} where ${where} limit ${most})`;
    })
    .join(" union all ");
}

/**
 * Conditions of the same query without order, page and strategy: for counting. One SELECT per site and type.
 * @param by what counts as a match of the search
 */
export function directoryCounts(
  query: DirectoryQuery,
  parameters: Parameters,
  limit: string | null,
  by: "email" | "email or name" = "email or name",
): string[] {
  const search = query.search === null ? null : searchPlaces(query.search, parameters, by !== "email");
  return query.siteIds.flatMap((siteId) => {
    const site = parameters.add(siteId, "uuid");
    return sourcesOf(query).map((source) => {
      const where = [`${source.site} = ${site}`, ...narrow(source, query, parameters)];
      if (search !== null) {
        where.push(`(${searchAny(source, search)})`);
      }
      return `(select 1 from ${source.from} where ${where.join(" and ")}${limit === null ? "" : ` limit ${limit}`})`;
    });
  });
}

function gatheredPage(gathered: string, key: KeyPlaces | null, limit: string): string {
  const places =
    key === null
      ? ""
      : `where (hit.email, hit.type, hit.site_id) > (${key.email}, ${key.type}, ${key.siteId})`;
  return `(select hit.* from ${gathered} hit ${places} order by hit.email, hit.type, hit.site_id limit ${limit})`;
}

interface Place {
  source: Source;
  site: string;
  narrowed: readonly string[];
  key: KeyPlaces | null;
  limit: string;
}

// An `or` of email and name made the planner filter the whole site in email order when nothing matches
// (2.5 s over a million people). So each has its branch: emails by prefix; names by their words while few match.
// Many matches come quickly from the next people in email order, but not where names and emails go together (all
// the smith.…@ at one place: 10 s); so the walk is short, and if it finds no page, all matches are sorted (0.3 s).
function searchBranch({ source, site, narrowed, key, limit }: Place, search: SearchPlaces): string {
  const where = [`${source.site} = ${site}`, ...narrowed, ...beyond(source, key, source.email)].join(" and ");
  const byEmail = select(source, `${where} and ${source.email} like ${search.emailPattern}`, limit);
  if (search.nameQuery === null) {
    return byEmail;
  }
  const all = [`${source.site} = ${site}`, ...narrowed, nameMatches(source.name, search.nameQuery)].join(
    " and ",
  );
  const beyondKey = beyond({ type: source.type, site: "hit.site_id" }, key, "hit.email");
  const page = (from: string, condition: string): string =>
    `(select hit.* from ${from} hit, few, enough where ${[condition, ...beyondKey].join(" and ")} order by hit.email limit ${limit})`;
  return `(with first_hit as materialized (
      select ${source.columns} from ${source.from} where ${all} limit ${fewMatches + 1}
    ), few as materialized (select count(*) <= ${fewMatches} as yes from first_hit),
    near as materialized (
      select * from ${select(source, `(select not yes from few) and ${where}`, String(shortWalk))} next
      where ${nameMatches("next.name", search.nameQuery)} limit ${limit}
    ), enough as materialized (select count(*) >= ${limit} as yes from near),
    every as materialized (
      select ${source.columns} from ${source.from} where (select not yes from few) and (select not yes from enough) and ${all}
    )
    ${byEmail}
    union
    ${page("first_hit", "few.yes")}
    union
    ${page("near", "enough.yes")}
    union
    ${page("every", "not few.yes and not enough.yes")}
    order by email limit ${limit})`;
}
