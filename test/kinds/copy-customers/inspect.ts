import { nextStepText, problemText } from "../../../packages/server/src/modules/migration/outcome-texts.ts";
import type { EntityManager } from "../../../packages/server/src/platform/database/orm.ts";
import { query } from "../../kit/query.ts";

/** An item with its problem and next step in words. */
export interface ItemView {
  id: string;
  ordinal: number;
  email: string | null;
  source_type: string | null;
  destination_state: string;
  destination_type: string;
  type_after: string;
  effect: string;
  outcome: string | null;
  planned_outcome: string;
  joins_group: boolean;
  warning: string | null;
  problem: string | null;
  nextStep: string | null;
}

/** Every item of a migration in its order. */
export async function loadItems(em: EntityManager, migrationId: string): Promise<ItemView[]> {
  const rows = await query<
    Omit<ItemView, "nextStep"> & {
      next_step: string | null;
      detail: string | null;
      group_name: string | null;
    }
  >(
    em,
    `select i.*, g.name as group_name from migration_item i left join user_group g on g.migration_id = i.migration_id
     where i.migration_id = $1 order by i.ordinal`,
    [migrationId],
  );
  return rows.map(({ next_step, detail, group_name, ...row }) => ({
    ...row,
    problem: row.problem === null ? null : problemText(row.problem, detail),
    nextStep: next_step === null ? null : nextStepText(next_step, group_name),
  }));
}

/** The one item of this email; fails when there are more or none. */
export async function loadItem(em: EntityManager, migrationId: string, email: string): Promise<ItemView> {
  const items = (await loadItems(em, migrationId)).filter((item) => item.email === email);
  if (items.length !== 1 || items[0] === undefined) {
    throw new Error(`${items.length} items for ${email}`);
  }
  return items[0];
}

/** How an email stands in the directory of a site, read from the directory's own tables. */
export interface Standing {
  type: "NONE" | "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT" | "BOTH";
  portalActive: boolean | null;
  accountActive: boolean | null;
  customerRole: boolean | null;
  /** Names of the groups of that site the account is a member of; approved ones end in " (approved)". */
  groups: string[];
  /** Project keys that list the account, and that list the portal-only account. */
  accountProjects: string[];
  portalProjects: string[];
}

export async function standingOf(em: EntityManager, siteId: string, email: string): Promise<Standing> {
  const [row] = await query<Standing>(
    em,
    `select case when sa.account_id is not null and p.id is not null then 'BOTH'
         when sa.account_id is not null then 'ATLASSIAN_ACCOUNT' when p.id is not null then 'PORTAL_ONLY' else 'NONE' end as type,
       p.active as "portalActive", sa.active as "accountActive", sa.customer_role as "customerRole",
       array(select g.name || case when m.approved then ' (approved)' else '' end from user_group g
         join user_group_member m on m.group_id = g.id
         where g.site_id = $1 and m.account_id = a.id order by g.name) as groups,
       array(select sp.key from project_customer pc join service_project sp on sp.id = pc.project_id
         where sp.site_id = $1 and pc.account_id = a.id order by sp.key) as "accountProjects",
       array(select sp.key from project_customer pc join service_project sp on sp.id = pc.project_id
         where sp.site_id = $1 and pc.portal_customer_id = p.id order by sp.key) as "portalProjects"
     from (select $2::text as email) e
     left join account a on a.email = e.email
     left join site_account sa on sa.site_id = $1 and sa.account_id = a.id
     left join portal_customer p on p.site_id = $1 and p.email = e.email`,
    [siteId, email],
  );
  if (row === undefined) {
    throw new Error("No standing");
  }
  return row;
}

/** What an email reaches on a site, by the one definition of effective access. */
export async function reachOf(em: EntityManager, siteId: string, email: string): Promise<string[]> {
  const rows = await query<{ resource: string }>(
    em,
    "select resource from effective_access where site_id = $1 and email = $2 order by resource",
    [siteId, email],
  );
  return rows.map((row) => row.resource);
}

/** A digest of what stands in these tables, by row; nothing else may have changed while it is equal. */
export async function digestOf(
  em: EntityManager,
  tables: readonly string[],
): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const table of tables) {
    const [row] = await query<{ digest: string }>(
      em,
      `select md5(coalesce(string_agg(t::text, e'\\n' order by t::text), '')) as digest from ${table} t`,
    );
    digests[table] = row?.digest ?? "";
  }
  return digests;
}

/** The tables of the directory and of uploads: everything but migrations. */
export const directoryTables = [
  "organization",
  "site",
  "account",
  "site_account",
  "portal_customer",
  "user_group",
  "user_group_member",
  "service_project",
  "project_customer",
  "request",
  "request_participant",
  "customer_row",
  "import_file",
  "directory_change",
] as const;
