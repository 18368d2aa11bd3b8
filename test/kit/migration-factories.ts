import type { StatementRunner } from "../../packages/server/src/platform/database/statement.ts";
import { makeAccount, nextNumber, type IdentityType, type PersonKind } from "./directory-factories.ts";
import { insertRow, query } from "./query.ts";

/** A customer upload to the site; APPLIED by default. */
export async function makeImportFile(
  em: StatementRunner,
  site: { id: string; organizationId: string },
  overrides: { state?: string; fileKind?: string; fileName?: string } = {},
): Promise<{ id: string }> {
  const state = overrides.state ?? "APPLIED";
  const id = await insertRow(em, "import_file", {
    organization_id: site.organizationId,
    site_id: site.id,
    file_kind: overrides.fileKind ?? "CUSTOMERS",
    file_name: overrides.fileName ?? "customers.csv",
    state,
    created_by: (await makeAccount(em)).id,
    applied_at: state === "APPLIED" ? new Date() : undefined,
  });
  return { id };
}

export interface CustomerRowOverrides {
  rowNumber?: number;
  rawEmail?: string;
  email?: string | null;
  name?: string;
  accountType?: IdentityType | null;
  projectKeys?: string[];
  active?: boolean;
  kind?: PersonKind;
  state?: "GOOD" | "BAD" | "INVALID_EMAIL" | "UNSUPPORTED_EMAIL" | "DUPLICATE";
  problem?: string;
  warning?: string;
  current?: boolean;
}

/** A row of an upload; GOOD and current by default. It makes no identity: that is what applying an upload does. */
export async function makeCustomerRow(
  em: StatementRunner,
  upload: { id: string; siteId: string },
  overrides: CustomerRowOverrides = {},
): Promise<{ rowNumber: number }> {
  const rowNumber = overrides.rowNumber ?? nextNumber() + 1;
  const email = overrides.email === undefined ? `row${rowNumber}@example.com` : overrides.email;
  const rawEmail = overrides.rawEmail ?? email ?? "";
  await insertRow(
    em,
    "customer_row",
    {
      import_id: upload.id,
      row_number: rowNumber,
      site_id: upload.siteId,
      cells: [rawEmail, overrides.name ?? "", overrides.accountType ?? ""],
      raw_email: rawEmail,
      email,
      name: overrides.name ?? "",
      account_type: overrides.accountType === undefined ? "PORTAL_ONLY" : overrides.accountType,
      project_keys: overrides.projectKeys ?? [],
      active: overrides.active,
      kind: overrides.kind,
      state: overrides.state ?? "GOOD",
      problem: overrides.problem,
      warning: overrides.warning,
      current: overrides.current ?? true,
    },
    "row_number",
  );
  return { rowNumber };
}

export interface MadeMigration {
  id: string;
  number: number;
  organizationId: string;
  sourceSiteId: string;
  destinationSiteId: string;
  options: { allCustomers: boolean; projectKeys: string[] };
}

/** A COPY_CUSTOMERS migration between two sites of the destination's organization; DRAFT and of all customers by default. */
export async function makeMigration(
  em: StatementRunner,
  sites: { source: { id: string }; destination: { id: string; organizationId: string } },
  overrides: { state?: string; projectKeys?: string[]; createdBy?: string } = {},
): Promise<MadeMigration> {
  const projectKeys = overrides.projectKeys ?? [];
  const options = { allCustomers: projectKeys.length === 0, projectKeys };
  const [organization] = await query<{ number: number }>(
    em,
    `update organization set last_migration_number = last_migration_number + 1 where id = $1
     returning last_migration_number as number`,
    [sites.destination.organizationId],
  );
  const number = organization?.number ?? 0;
  const id = await insertRow(em, "migration", {
    organization_id: sites.destination.organizationId,
    number,
    kind: "COPY_CUSTOMERS",
    state: overrides.state ?? "DRAFT",
    source_site_id: sites.source.id,
    destination_site_id: sites.destination.id,
    options: JSON.stringify(options),
    created_by: overrides.createdBy ?? (await makeAccount(em)).id,
  });
  return {
    id,
    number,
    organizationId: sites.destination.organizationId,
    sourceSiteId: sites.source.id,
    destinationSiteId: sites.destination.id,
    options,
  };
}
