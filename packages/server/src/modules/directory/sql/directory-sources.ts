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

/** One of the two places that identities are read from. */
export interface Source {
  type: "ATLASSIAN_ACCOUNT" | "PORTAL_ONLY";
  columns: string;
  from: string;
  site: string;
  email: string;
  name: string;
  active: string;
}

export const accounts: Source = {
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

// Who is on a site as both types is kept (0013-kept-counts.ts). Looking for them, one side by the other, made the planner
// walk a site of a million people for a few.
export const pairs: Source = {
  type: "ATLASSIAN_ACCOUNT",
  columns: "v.email, v.type, b.site_id, v.account_id, v.portal_customer_id, v.name, v.active, v.kind",
  from: `both_types b
    join site_account sa on sa.site_id = b.site_id and sa.account_id = b.account_id
    join account a on a.id = b.account_id
    join portal_customer p on p.id = b.portal_customer_id
    cross join lateral (values
      (a.email, 'ATLASSIAN_ACCOUNT', a.id, null::uuid, a.name, sa.active, sa.kind),
      (p.email, 'PORTAL_ONLY', null::uuid, p.id, p.name, p.active, p.kind)
    ) v (email, type, account_id, portal_customer_id, name, active, kind)`,
  site: "b.site_id",
  email: "b.email",
  name: "v.name",
  active: "v.active",
};

export function sourcesOf({ duplicatesOnly, type }: DirectoryQuery): Source[] {
  return duplicatesOnly
    ? [pairs]
    : [accounts, portalCustomers].filter((source) => type === null || source.type === type);
}

export function narrow(source: Source, query: DirectoryQuery, parameters: Parameters): string[] {
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

export interface KeyPlaces {
  email: string;
  type: string;
  siteId: string;
}

export function keyPlaces([email, type, siteId]: DirectoryKey, parameters: Parameters): KeyPlaces {
  return {
    email: parameters.add(email, "text"),
    type: parameters.add(type, "text"),
    siteId: parameters.add(siteId, "uuid"),
  };
}

/** The email alone bounds the index scan; the rest of the key only decides among equal emails. */
export function beyond(
  source: Pick<Source, "type" | "site">,
  key: KeyPlaces | null,
  email: string,
): string[] {
  if (key === null) {
    return [];
  }
  const type = source === pairs ? "v.type" : `'${source.type}'`;
  return [
    `${email} >= ${key.email}`,
    `(${email} > ${key.email} or (${type}, ${source.site}) > (${key.type}, ${key.siteId}))`,
  ];
}

export interface SearchPlaces {
  emailPattern: string;
  nameQuery: string | null;
}

/** A parameter that no branch uses would have no type: names are left out where they are looked for elsewhere. */
export function searchPlaces(
  search: DirectorySearch,
  parameters: Parameters,
  withNames: boolean,
): SearchPlaces {
  return {
    emailPattern: parameters.add(search.emailPattern, "text"),
    nameQuery: !withNames || search.nameQuery === null ? null : parameters.add(search.nameQuery, "text"),
  };
}

export function nameMatches(name: string, nameQuery: string): string {
  return `to_tsvector('simple', ${name}) @@ to_tsquery('simple', ${nameQuery})`;
}

export function searchAny(source: Source, { emailPattern, nameQuery }: SearchPlaces): string {
  const byEmail = `${source.email} like ${emailPattern}`;
  return nameQuery === null ? byEmail : `${byEmail} or ${nameMatches(source.name, nameQuery)}`;
}

export function select(source: Source, where: string, limit: string): string {
  const order = source === pairs ? `${source.email}, v.type` : source.email;
  return `(select ${source.columns} from ${source.from} where ${where} order by ${order} limit ${limit})`;
}
