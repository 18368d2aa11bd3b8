import type { CustomerRow } from "./customer-rows.ts";
import type { RequestRow } from "./requests.ts";

/** Headers of the three files, in the form that uploads read. */
export const customersColumns = [
  "email",
  "name",
  "account type",
  "customer role",
  "projects",
  "organizations",
  "active",
  "kind",
] as const;
export const requestsColumns = [
  "key",
  "project",
  "reporter email",
  "reporter account type",
  "participants",
  "summary",
  "created",
] as const;
export const projectsColumns = ["key", "name", "access"] as const;

/** One RFC 4180 record with its line end. */
export function formatRecord(cells: readonly string[]): string {
  return `${cells.map(quote).join(",")}\r\n`;
}

/** The cells of a customer. */
export function customersRow(row: CustomerRow): string[] {
  return [
    row.email,
    row.name,
    row.accountType,
    row.customerRole,
    row.projects.join("|"),
    row.organizations.join("|"),
    row.active,
    row.kind,
  ];
}

/** The cells of a request. */
export function requestsRow(row: RequestRow): string[] {
  return [
    row.key,
    row.project,
    row.reporterEmail,
    row.reporterAccountType,
    row.participants.join("|"),
    row.summary,
    row.created,
  ];
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
