import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import type { MikroORM } from "@mikro-orm/postgresql";
import { entities } from "../../../packages/server/src/entities.ts";
import { openOrm, type EntityManager } from "../../../packages/server/src/platform/database/orm.ts";
import type { StatementRunner } from "../../../packages/server/src/platform/database/statement.ts";
import { createTestDatabase, type TestDatabase } from "../../kit/database.ts";
import { makeImportFile, makeSite, type MadeSite } from "../../kit/factories.ts";
import { insertRow, query } from "../../kit/query.ts";

/** What a test of one statement works on: a transaction that is rolled back, a site, and one of another organization. */
export interface Bench {
  em: EntityManager;
  site: MadeSite;
  foreign: MadeSite;
}

/** Registers the hooks and gives the bench of the running test. */
export function useBench(): () => Bench {
  let database: TestDatabase;
  let orm: MikroORM;
  let bench: Bench;
  beforeAll(async () => {
    database = await createTestDatabase();
    orm = await openOrm(database.url, entities, 2);
  });
  beforeEach(async () => {
    const em = orm.em.fork();
    await em.begin();
    bench = { em, site: await makeSite(em), foreign: await makeSite(em) };
  });
  afterEach(() => bench.em.rollback());
  afterAll(async () => {
    await orm.close();
    await database.drop();
  });
  return () => bench;
}

export interface StagedCustomer {
  rowNumber?: number;
  email?: string | null;
  name?: string;
  accountType?: "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT" | null;
  customerRole?: boolean | null;
  projectKeys?: string[];
  active?: boolean;
  kind?: string | null;
  state?: string;
  current?: boolean;
  cells?: string[];
  warning?: string | null;
  fileWarning?: string | null;
}

/** A customers file in staging; rows are GOOD portal-only people, current once the file is applied, unless told. Returns its id. */
export async function stageCustomers(
  em: StatementRunner,
  site: MadeSite,
  rows: StagedCustomer[],
  state = "PREVIEW",
): Promise<string> {
  const { id } = await makeImportFile(em, site, { state });
  for (const [at, row] of rows.entries()) {
    const email = row.email === undefined ? `person${at}@example.com` : row.email;
    const values = {
      import_id: id,
      row_number: row.rowNumber ?? at + 2,
      site_id: site.id,
      cells: row.cells ?? [email ?? "", row.name ?? ""],
      raw_email: email ?? "",
      email,
      name: row.name ?? "",
      account_type: row.accountType === undefined ? "PORTAL_ONLY" : row.accountType,
      customer_role: row.customerRole,
      project_keys: row.projectKeys,
      active: row.active,
      kind: row.kind,
      state: row.state ?? "GOOD",
      current: row.current,
      warning: row.warning,
      file_warning: row.fileWarning,
    };
    await insertRow(em, "customer_row", values, "row_number");
  }
  return id;
}

export interface StagedRequest {
  key?: string | null;
  projectKey?: string | null;
  reporterEmail?: string | null;
  reporterType?: "PORTAL_ONLY" | "ATLASSIAN_ACCOUNT" | null;
  participants?: string[];
  summary?: string;
  createdAt?: string | null;
  state?: string;
  problemCode?: string;
}

/** A requests file in staging; rows are GOOD requests of project HELP unless told. Returns its id. */
export async function stageRequests(
  em: StatementRunner,
  site: MadeSite,
  rows: StagedRequest[],
): Promise<string> {
  const { id } = await makeImportFile(em, site, { state: "PREVIEW", fileKind: "REQUESTS" });
  for (const [at, row] of rows.entries()) {
    const values = {
      import_id: id,
      row_number: at + 2,
      cells: [],
      key: row.key === undefined ? `HELP-${at + 1}` : row.key,
      project_key: row.projectKey === undefined ? "HELP" : row.projectKey,
      reporter_email: row.reporterEmail,
      reporter_type: row.reporterType,
      participants: row.participants,
      summary: row.summary,
      created_at: row.createdAt,
      state: row.state ?? "GOOD",
      problem_code: row.problemCode,
      problem: row.state === undefined || row.state === "GOOD" ? undefined : "A problem.",
    };
    await insertRow(em, "request_row", values, "row_number");
  }
  return id;
}

/** A projects file in staging; rows are GOOD and OPEN unless told. Returns its id. */
export async function stageProjects(
  em: StatementRunner,
  site: MadeSite,
  rows: { key: string | null; name?: string; access?: "OPEN" | "RESTRICTED"; state?: string }[],
): Promise<string> {
  const { id } = await makeImportFile(em, site, { state: "PREVIEW", fileKind: "PROJECTS" });
  for (const [at, row] of rows.entries()) {
    const { key, name = key, access = "OPEN", state = "GOOD" } = row;
    const values = { import_id: id, row_number: at + 2, cells: [], key, name, access, state };
    await insertRow(em, "project_row", values, "row_number");
  }
  return id;
}

/** The lines of a statement with one text column. */
export async function lines(em: StatementRunner, sql: string, parameters: unknown[] = []): Promise<string[]> {
  const rows = await query<Record<string, string>>(em, sql, parameters);
  return rows.map((row) => Object.values(row)[0] ?? "");
}

/** Everything a site has in the directory, as text: to show that a statement left it alone. */
export async function digest(em: StatementRunner, siteId: string): Promise<string[]> {
  return lines(
    em,
    `select t from (
       select 'portal ' || c::text as t from portal_customer c where site_id = $1
       union all select 'account ' || sa::text || a.name from site_account sa join account a on a.id = sa.account_id where site_id = $1
       union all select 'project ' || p::text from service_project p where site_id = $1
       union all select 'list ' || pc::text from project_customer pc join service_project p on p.id = pc.project_id where p.site_id = $1
       union all select 'request ' || q::text from request q where site_id = $1
       union all select 'participant ' || rp::text from request_participant rp join request q on q.id = rp.request_id where q.site_id = $1
       union all select 'row ' || import_id || row_number || current || state from customer_row where site_id = $1
     ) everything order by t`,
    [siteId],
  );
}
