import type { StatementRunner } from "../../packages/server/src/platform/database/statement.ts";
import { insertRow, query } from "./query.ts";

// Rows that the database accepts, with everything a test does not care about filled in. Each factory takes
// overrides by name and returns what it made. Names are numbered, so that two calls never collide.

let made = 0;

/** A number no other call has got. */
export function nextNumber(): number {
  made += 1;
  return made;
}

export type PersonKind = "PERSON" | "DISTRIBUTION_LIST" | "BOT";
export type IdentityType = "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT";

export interface MadeOrganization {
  id: string;
  name: string;
}

/** An organization with the usual words for lists and bots cut to one each: `team` and `noreply`. */
export async function makeOrganization(
  em: StatementRunner,
  overrides: { name?: string; distributionListWords?: string[]; botWords?: string[] } = {},
): Promise<MadeOrganization> {
  const name = overrides.name ?? `Organization ${nextNumber()}`;
  const id = await insertRow(em, "organization", {
    name,
    distribution_list_words: overrides.distributionListWords ?? ["team"],
    bot_words: overrides.botWords ?? ["noreply"],
  });
  return { id, name };
}

export interface MadeSite {
  id: string;
  organizationId: string;
  name: string;
  urlName: string;
}

/** A site, of a new organization unless one is given. */
export async function makeSite(
  em: StatementRunner,
  overrides: { organizationId?: string; name?: string; urlName?: string } = {},
): Promise<MadeSite> {
  const number = nextNumber();
  const organizationId = overrides.organizationId ?? (await makeOrganization(em)).id;
  const name = overrides.name ?? `Site ${number}`;
  const urlName = overrides.urlName ?? `site-${number}`;
  const id = await insertRow(em, "site", { organization_id: organizationId, name, url_name: urlName });
  return { id, organizationId, name, urlName };
}

/** The account of this email, made when absent; it is on no site yet. */
export async function makeAccount(
  em: StatementRunner,
  overrides: { email?: string; name?: string } = {},
): Promise<{ id: string; email: string; name: string }> {
  const email = overrides.email ?? `account${nextNumber()}@example.com`;
  const [row] = await query<{ id: string; name: string }>(
    em,
    `insert into account (email, name) values ($1, $2)
     on conflict (email) do update set name = account.name returning id, name`,
    [email, overrides.name ?? `Name of ${email}`],
  );
  return { id: row?.id ?? "", email, name: row?.name ?? "" };
}

export interface PresenceOverrides {
  email?: string;
  name?: string;
  active?: boolean;
  customerRole?: boolean;
  kind?: PersonKind;
}

/** An account present on the site; by default active and without the Customer role. */
export async function makeAccountOnSite(
  em: StatementRunner,
  siteId: string,
  overrides: PresenceOverrides = {},
): Promise<{ id: string; email: string; name: string }> {
  const account = await makeAccount(em, overrides);
  await insertRow(
    em,
    "site_account",
    {
      site_id: siteId,
      account_id: account.id,
      active: overrides.active,
      customer_role: overrides.customerRole,
      kind: overrides.kind,
    },
    "account_id",
  );
  return account;
}

/** A portal-only account of the site; active by default. */
export async function makePortalCustomer(
  em: StatementRunner,
  siteId: string,
  overrides: Omit<PresenceOverrides, "customerRole"> = {},
): Promise<{ id: string; email: string; name: string }> {
  const email = overrides.email ?? `portal${nextNumber()}@example.com`;
  const name = overrides.name ?? `Name of ${email}`;
  const id = await insertRow(em, "portal_customer", {
    site_id: siteId,
    email,
    name,
    active: overrides.active,
    kind: overrides.kind,
  });
  return { id, email, name };
}

/** An identity to list, report or take part: exactly one of the two ids. */
export type IdentityRef = { accountId: string } | { portalCustomerId: string };

function identityColumns(identity: IdentityRef, prefix = ""): Record<string, string> {
  return "accountId" in identity
    ? { [`${prefix}account_id`]: identity.accountId }
    : { [`${prefix}portal_customer_id`]: identity.portalCustomerId };
}

/** A service project; OPEN by default. `customers` are listed in it explicitly. */
export async function makeProject(
  em: StatementRunner,
  siteId: string,
  overrides: { key?: string; name?: string; access?: "OPEN" | "RESTRICTED"; customers?: IdentityRef[] } = {},
): Promise<{ id: string; key: string }> {
  const key = overrides.key ?? `P${nextNumber()}`;
  const id = await insertRow(em, "service_project", {
    site_id: siteId,
    key,
    name: overrides.name ?? `Project ${key}`,
    access: overrides.access ?? "OPEN",
  });
  for (const customer of overrides.customers ?? []) {
    await listCustomer(em, id, customer);
  }
  return { id, key };
}

/** Lists an identity in a project. */
export async function listCustomer(
  em: StatementRunner,
  projectId: string,
  customer: IdentityRef,
): Promise<void> {
  const columns = { project_id: projectId, ...identityColumns(customer) };
  await insertRow(em, "project_customer", columns, "project_id");
}

/** A request in a project of the site; nobody's unless a reporter is given. */
export async function makeRequest(
  em: StatementRunner,
  project: { id: string; key: string },
  overrides: { key?: string; summary?: string; reporter?: IdentityRef; participants?: IdentityRef[] } = {},
): Promise<{ id: string; key: string }> {
  const key = overrides.key ?? `${project.key}-${nextNumber()}`;
  const [site] = await query<{ site_id: string }>(em, "select site_id from service_project where id = $1", [
    project.id,
  ]);
  const id = await insertRow(em, "request", {
    site_id: site?.site_id,
    project_id: project.id,
    key,
    summary: overrides.summary ?? `Summary of ${key}`,
    ...(overrides.reporter === undefined ? {} : identityColumns(overrides.reporter, "reporter_")),
  });
  for (const participant of overrides.participants ?? []) {
    await insertRow(
      em,
      "request_participant",
      { request_id: id, ...identityColumns(participant) },
      "request_id",
    );
  }
  return { id, key };
}

/** A group of the site with these members; all of them approved or none. Not an imported one. */
export async function makeGroup(
  em: StatementRunner,
  siteId: string,
  overrides: { name?: string; grantsCustomerRole?: boolean; approved?: boolean; memberIds?: string[] } = {},
): Promise<{ id: string; name: string }> {
  const name = overrides.name ?? `Group ${nextNumber()}`;
  const id = await insertRow(em, "user_group", {
    site_id: siteId,
    name,
    grants_customer_role: overrides.grantsCustomerRole ?? true,
  });
  for (const accountId of overrides.memberIds ?? []) {
    const columns = { group_id: id, account_id: accountId, approved: overrides.approved ?? true };
    await insertRow(em, "user_group_member", columns, "account_id");
  }
  return { id, name };
}

/** The organization owns the domain: accounts of its addresses are managed by it. */
export async function claimDomain(
  em: StatementRunner,
  organizationId: string,
  domain: string,
): Promise<void> {
  await insertRow(em, "claimed_domain", { domain, organization_id: organizationId }, "domain");
}
