import type { EntityManager } from "../../../packages/server/src/platform/database/orm.ts";
import { query } from "../../kit/query.ts";

// The access proof once more, slowly and in plain words: a site as maps, the run's items carried out on a copy of it
// one by one, and everybody's reach compared. Shares nothing with the statements it is held against.

type Type = "account" | "portal";
type Holder = `${Type} ${string}`;

/** A site as plain maps, by email. */
export interface PlainSite {
  projects: Map<string, { key: string; open: boolean }>;
  accounts: Map<string, { active: boolean; role: boolean }>;
  /** Emails of accounts that an approved group of the site gives the Customer role, present or not. */
  grouped: Set<string>;
  portals: Map<string, { active: boolean }>;
  /** Project id → who is listed. */
  lists: Map<string, Set<Holder>>;
  requests: Map<string, { key: string; projectId: string; people: Set<Holder> }>;
}

/** Reads a site row by row. */
export async function readSite(em: EntityManager, siteId: string): Promise<PlainSite> {
  const rows = <Row>(sql: string) => query<Row>(em, sql, [siteId]);
  const site: PlainSite = {
    projects: new Map(),
    accounts: new Map(),
    grouped: new Set(),
    portals: new Map(),
    lists: new Map(),
    requests: new Map(),
  };
  for (const { id, key, access } of await rows<{ id: string; key: string; access: string }>(
    "select id, key, access from service_project where site_id = $1",
  )) {
    site.projects.set(id, { key, open: access === "OPEN" });
    site.lists.set(id, new Set());
  }
  for (const row of await rows<{ email: string; active: boolean; customer_role: boolean }>(
    "select a.email, sa.active, sa.customer_role from site_account sa join account a on a.id = sa.account_id where sa.site_id = $1",
  )) {
    site.accounts.set(row.email, { active: row.active, role: row.customer_role });
  }
  for (const { email } of await rows<{ email: string }>(
    `select a.email from user_group g join user_group_member m on m.group_id = g.id join account a on a.id = m.account_id
     where g.site_id = $1 and g.grants_customer_role and m.approved`,
  )) {
    site.grouped.add(email);
  }
  for (const { email, active } of await rows<{ email: string; active: boolean }>(
    "select email, active from portal_customer where site_id = $1",
  )) {
    site.portals.set(email, { active });
  }
  const holder = `case when a.id is not null then 'account ' || a.email else 'portal ' || p.email end as holder`;
  for (const row of await rows<{ project_id: string; holder: Holder }>(
    `select l.project_id, ${holder} from project_customer l join service_project s on s.id = l.project_id
     left join account a on a.id = l.account_id left join portal_customer p on p.id = l.portal_customer_id where s.site_id = $1`,
  )) {
    site.lists.get(row.project_id)?.add(row.holder);
  }
  for (const row of await rows<{ id: string; key: string; project_id: string; holder: Holder | null }>(
    `select r.id, r.key, r.project_id, ${holder} from request r
     left join account a on a.id = r.reporter_account_id left join portal_customer p on p.id = r.reporter_portal_customer_id
     where r.site_id = $1
     union all
     select r.id, r.key, r.project_id, ${holder} from request r join request_participant t on t.request_id = r.id
     left join account a on a.id = t.account_id left join portal_customer p on p.id = t.portal_customer_id where r.site_id = $1`,
  )) {
    const request = site.requests.get(row.id) ?? {
      key: row.key,
      projectId: row.project_id,
      people: new Set(),
    };
    site.requests.set(row.id, request);
    if (row.holder !== null) {
      request.people.add(row.holder);
    }
  }
  return site;
}

/** What an email reaches on the site, as resources. */
export function reachOn(site: PlainSite, email: string): Set<string> {
  const account = site.accounts.get(email);
  const reached = new Set<string>();
  const signsInAs: Type = account === undefined ? "portal" : "account";
  const enters =
    account === undefined
      ? site.portals.get(email)?.active === true
      : account.active && (account.role || site.grouped.has(email));
  if (!enters) {
    return reached;
  }
  const me: Holder = `${signsInAs} ${email}`;
  const sees = (id: string): boolean =>
    site.projects.get(id)?.open === true || site.lists.get(id)?.has(me) === true;
  for (const [id, { key }] of site.projects) {
    if (sees(id)) {
      reached.add(`project ${key}`);
    }
  }
  for (const { key, projectId, people } of site.requests.values()) {
    if (people.has(me) && sees(projectId)) {
      reached.add(`request ${key}`);
    }
  }
  return reached;
}

interface Item {
  email: string;
  effect: string;
  source_type: string;
  type_after: string;
  joins_group: boolean;
  resolution: string | null;
  project_ids: string[];
}

/** Carries an applied item, and what was decided about it, out on the site. */
function carryOut(site: PlainSite, item: Item): void {
  const { email } = item;
  const list = (type: Type): void => {
    for (const id of item.project_ids) {
      site.lists.get(id)?.add(`${type} ${email}`);
    }
  };
  if (item.effect === "CREATE") {
    site.portals.set(email, { active: true });
    list("portal");
  }
  if (item.effect === "LINK") {
    if (item.source_type === "ATLASSIAN_ACCOUNT" && !site.accounts.has(email)) {
      site.accounts.set(email, { active: true, role: false });
    }
    list(site.accounts.has(email) ? "account" : "portal");
  }
  const account = site.accounts.get(email);
  if (account !== undefined && item.joins_group && item.resolution === "APPROVED") {
    account.role = true;
  }
  if (account !== undefined && item.resolution === "UPGRADED") {
    account.role = true;
    list("account");
    for (const holders of [
      ...site.lists.values(),
      ...[...site.requests.values()].map(({ people }) => people),
    ]) {
      if (holders.delete(`portal ${email}`)) {
        holders.add(`account ${email}`);
      }
    }
    site.portals.delete(email);
  }
}

/** Every difference as `email resource change`, unexplained ones with `!` in front; in order. */
export async function referenceProof(
  em: EntityManager,
  migrationId: string,
  before: PlainSite,
  now: PlainSite,
): Promise<string[]> {
  const items = await query<Item>(
    em,
    `select email, effect, source_type, type_after, joins_group, resolution, project_ids from migration_item
     where migration_id = $1 and email is not null and outcome is not null and undone_at is null order by ordinal`,
    [migrationId],
  );
  const expected = structuredClone(before);
  for (const item of items) {
    carryOut(expected, item);
  }
  const everybody = await query<{ email: string }>(
    em,
    `select email from migration_item where migration_id = $1 and email is not null
     union select a.email from user_group g join user_group_member m on m.group_id = g.id join account a on a.id = m.account_id
     where g.migration_id = $1`,
    [migrationId],
  );
  const known = new Set([
    ...[...before.projects.values()].map(({ key }) => `project ${key}`),
    ...[...before.requests.values()].map(({ key }) => `request ${key}`),
  ]);
  const lines: string[] = [];
  for (const { email } of everybody) {
    const [was, should, is] = [reachOn(before, email), reachOn(expected, email), reachOn(now, email)];
    for (const resource of known) {
      const explained = is.has(resource) === should.has(resource);
      if (!explained || is.has(resource) !== was.has(resource)) {
        lines.push(`${explained ? "" : "!"}${email} ${resource} ${is.has(resource) ? "gained" : "lost"}`);
      }
    }
  }
  return lines.sort();
}
