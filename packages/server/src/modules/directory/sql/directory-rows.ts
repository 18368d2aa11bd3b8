import type { DirectorySearch } from "../directory-search.ts";

/** Which identities of which sites; null conditions do not narrow. */
export interface DirectoryQuery {
  /** Sites of one organization, checked by the caller. */
  siteIds: readonly string[];
  type: "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT" | null;
  active: boolean | null;
  duplicatesOnly: boolean;
  search: DirectorySearch | null;
}

/** Order of the directory: email, type, site. */
export type DirectoryKey = readonly [email: string, type: string, siteId: string];

/** Collects parameters while a statement is composed and gives their places. */
export class Parameters {
  readonly values: unknown[] = [];

  /** Adds a value and returns its typed place, such as `$3::uuid`. */
  add(value: unknown, type: string): string {
    this.values.push(value);
    return `$${this.values.length}::${type}`;
  }
}

interface Source {
  type: "ATLASSIAN_ACCOUNT" | "PORTAL_ONLY";
  columns: string;
  from: string;
  site: string;
  email: string;
  name: string;
  active: string;
}

const accounts: Source = {
  type: "ATLASSIAN_ACCOUNT",
  columns:
    "a.email, 'ATLASSIAN_ACCOUNT' as type, sa.site_id, a.id as account_id, null::uuid as portal_customer_id, a.name, sa.active, sa.kind",
  from: "site_account sa join account a on a.id = sa.account_id",
  site: "sa.site_id",
  email: "a.email",
  name: "a.name",
  active: "sa.active",
};

const portalCustomers: Source = {
  type: "PORTAL_ONLY",
  columns:
    "p.email, 'PORTAL_ONLY' as type, p.site_id, null::uuid as account_id, p.id as portal_customer_id, p.name, p.active, p.kind",
  from: "portal_customer p",
  site: "p.site_id",
  email: "p.email",
  name: "p.name",
  active: "p.active",
};

// Where both types stand the pairs come from one join, which starts from the smaller side; `exists` in either
// branch made the planner walk the larger one (seconds against a millisecond over a million people).
const pairs: Source = {
  type: "ATLASSIAN_ACCOUNT",
  columns: "v.email, v.type, sa.site_id, v.account_id, v.portal_customer_id, v.name, v.active, v.kind",
  from: `site_account sa join account a on a.id = sa.account_id
    join portal_customer p on p.site_id = sa.site_id and p.email = a.email
    cross join lateral (values
      (a.email, 'ATLASSIAN_ACCOUNT', a.id, null::uuid, a.name, sa.active, sa.kind),
      (p.email, 'PORTAL_ONLY', null::uuid, p.id, p.name, p.active, p.kind)
    ) v (email, type, account_id, portal_customer_id, name, active, kind)`,
  site: "sa.site_id",
  email: "a.email",
  name: "v.name",
  active: "v.active",
};

/** Up to so many name matches on one site are sorted at once. */
const fewMatches = 5_000;
/** How many people, in email order, are looked at for a page of a frequent name. */
const shortWalk = 3_000;

/**
 * One parenthesised SELECT per site and type, each ordered and at most `limit` rows long; together they hold the
 * first `limit` rows of the directory after `after`. A site is a constant of its branch, so that the planner
 * knows how large it is: one branch over `any(sites)` or a lateral join gets the plan of an average site.
 */
export function directoryBranches(
  query: DirectoryQuery,
  parameters: Parameters,
  limit: string,
  after: DirectoryKey | null,
): string[] {
  const key = after === null ? null : keyPlaces(after, parameters);
  const search = query.search === null ? null : searchPlaces(query.search, parameters);
  return query.siteIds.flatMap((siteId) => {
    const site = parameters.add(siteId, "uuid");
    return sourcesOf(query).map((source) => {
      const where = [
        `${source.site} = ${site}`,
        ...narrow(source, query, parameters),
        ...beyond(source, key, source.email),
      ].join(" and ");
      if (search === null) {
        return select(source, where, limit);
      }
      return source === pairs
        ? select(source, `${where} and (${searchAny(source, search)})`, limit)
        : searchBranch(source, where, site, query, parameters, search, limit, key);
    });
  });
}

/** Conditions of the same query without order, page and strategy: for counting. One SELECT per site and type. */
export function directoryCounts(
  query: DirectoryQuery,
  parameters: Parameters,
  limit: string | null,
): string[] {
  const search = query.search === null ? null : searchPlaces(query.search, parameters);
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

function sourcesOf({ duplicatesOnly, type }: DirectoryQuery): Source[] {
  return duplicatesOnly
    ? [pairs]
    : [accounts, portalCustomers].filter((source) => type === null || source.type === type);
}

function narrow(source: Source, query: DirectoryQuery, parameters: Parameters): string[] {
  const conditions: string[] = [];
  if (query.active !== null) {
    // Spelled out, not compared: only so do the partial indexes over the deactivated apply.
    conditions.push(query.active ? source.active : `not ${source.active}`);
  }
  if (source === pairs && query.type !== null) {
    conditions.push(`v.type = ${parameters.add(query.type, "text")}`);
  }
  return conditions;
}

interface KeyPlaces {
  email: string;
  type: string;
  siteId: string;
}

function keyPlaces([email, type, siteId]: DirectoryKey, parameters: Parameters): KeyPlaces {
  return {
    email: parameters.add(email, "text"),
    type: parameters.add(type, "text"),
    siteId: parameters.add(siteId, "uuid"),
  };
}

/** The email alone bounds the index scan; the rest of the key only decides among equal emails. */
function beyond(source: Pick<Source, "type" | "site">, key: KeyPlaces | null, email: string): string[] {
  if (key === null) {
    return [];
  }
  const type = source === pairs ? "v.type" : `'${source.type}'`;
  return [
    `${email} >= ${key.email}`,
    `(${email} > ${key.email} or (${type}, ${source.site}) > (${key.type}, ${key.siteId}))`,
  ];
}

interface SearchPlaces {
  emailPattern: string;
  nameQuery: string | null;
}

function searchPlaces(search: DirectorySearch, parameters: Parameters): SearchPlaces {
  return {
    emailPattern: parameters.add(search.emailPattern, "text"),
    nameQuery: search.nameQuery === null ? null : parameters.add(search.nameQuery, "text"),
  };
}

function named(source: Source, nameQuery: string): string {
  return `to_tsvector('simple', ${source.name}) @@ to_tsquery('simple', ${nameQuery})`;
}

function searchAny(source: Source, { emailPattern, nameQuery }: SearchPlaces): string {
  const byEmail = `${source.email} like ${emailPattern}`;
  return nameQuery === null ? byEmail : `${byEmail} or ${named(source, nameQuery)}`;
}

function select(source: Source, where: string, limit: string): string {
  const order = source === pairs ? `${source.email}, v.type` : source.email;
  return `(select ${source.columns} from ${source.from} where ${where} order by ${order} limit ${limit})`;
}

// An `or` of email and name made the planner filter the whole site in email order when nothing matches
// (2.5 s over a million people). So each has its branch: emails by prefix; names by their words while few match.
// Many matches come quickly from the next people in email order, but not where names and emails go together (all
// the smith.…@ at one place: 10 s); so the walk is short, and if it finds no page, all matches are sorted (0.3 s).
function searchBranch(
  source: Source,
  where: string,
  site: string,
  query: DirectoryQuery,
  parameters: Parameters,
  search: SearchPlaces,
  limit: string,
  key: KeyPlaces | null,
): string {
  const byEmail = select(source, `${where} and ${source.email} like ${search.emailPattern}`, limit);
  if (search.nameQuery === null) {
    return byEmail;
  }
  const matches = named(source, search.nameQuery);
  const all = [`${source.site} = ${site}`, ...narrow(source, query, parameters), matches].join(" and ");
  const beyondKey = beyond({ type: source.type, site: "hit.site_id" }, key, "hit.email");
  const page = (from: string, condition: string): string =>
    `(select hit.* from ${from} hit, few, enough where ${[condition, ...beyondKey].join(" and ")} order by hit.email limit ${limit})`;
  return `(with first_hit as materialized (
      select ${source.columns} from ${source.from} where ${all} limit ${fewMatches + 1}
    ), few as materialized (select count(*) <= ${fewMatches} as yes from first_hit),
    near as materialized (
      select * from ${select(source, `(select not yes from few) and ${where}`, String(shortWalk))} next
      where ${named({ ...source, name: "next.name" }, search.nameQuery)} limit ${limit}
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
