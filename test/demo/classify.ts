import { domainToASCII } from "node:url";
import type { Row } from "./read-demo.ts";

/**
 * The outcome table read off two files by rules written down here once more, so that neither the generator's
 * intentions nor the product's own SQL can vouch for themselves. Knows only the addresses that demos contain.
 */
export interface Classified {
  /** `portal-only` or `account`, or why the row is nobody: `list`, `bot`, `invalid`, ... */
  source: string;
  /** As in the outcome table; empty where the source row decides alone. */
  destination: string;
}

const lists = new Set(
  `all all-hands admin billing contact everyone group hello help helpdesk hr info list marketing office sales security
   staff support team users webmaster`.split(/\s+/),
);
const bots = new Set(
  `automation bot ci daemon do-not-reply mailer-daemon no-reply noreply postmaster robot service system`.split(
    /\s+/,
  ),
);

/** One answer per source row, in file order. */
export function classifyRows(
  source: readonly Row[],
  destination: readonly Row[],
  managedDomains: readonly string[],
): Classified[] {
  const known = groupByEmail(destination);
  const accounts = new Set(
    source.filter((row) => typeOf(row) === "account").map((row) => readAddress(row.email ?? "").email),
  );
  const seen = new Set<string>();
  return source.map((row) => {
    const judged = judgeRow(row, seen, accounts);
    if (judged !== null) return { source: judged, destination: "" };
    const { email } = readAddress(row.email ?? "");
    return { source: typeOf(row), destination: describeRows(email, known.get(email) ?? [], managedDomains) };
  });
}

function judgeRow(row: Row, seen: Set<string>, accounts: ReadonlySet<string>): string | null {
  const type = typeOf(row);
  if (type === "unknown") return "bad value";
  const { email, verdict } = readAddress(row.email ?? "");
  if (verdict !== "ok") return verdict;
  const local = email.slice(0, email.indexOf("@"));
  if (row.kind === "distribution list" || (row.kind === "" && lists.has(local))) return "list";
  if (row.kind === "bot" || (row.kind === "" && bots.has(local))) return "bot";
  if (seen.has(`${type} ${email}`)) return "second row";
  seen.add(`${type} ${email}`);
  if (type === "portal-only" && accounts.has(email)) return "second type";
  return row.active === "no" ? `inactive ${type}` : null;
}

function describeRows(email: string, rows: readonly Row[], managedDomains: readonly string[]): string {
  // The first row of a type holds.
  const account = rows.find((row) => typeOf(row) === "account");
  const portal = rows.find((row) => typeOf(row) === "portal-only");
  if (account !== undefined && managedDomains.includes(email.slice(email.indexOf("@") + 1)))
    return "managed elsewhere";
  if (account?.active === "no" || portal?.active === "no") return "inactive";
  if (account !== undefined && portal !== undefined) return "both";
  if (portal !== undefined) return "portal-only";
  if (account === undefined) return "nothing";
  return account["customer role"] === "no" ? "account without the role" : "account with the role";
}

function groupByEmail(rows: readonly Row[]): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>();
  for (const row of rows) {
    const { email } = readAddress(row.email ?? "");
    grouped.set(email, [...(grouped.get(email) ?? []), row]);
  }
  return grouped;
}

function typeOf(row: Row): string {
  if (row["account type"] === "portal-only") return "portal-only";
  return row["account type"] === "Atlassian account" ? "account" : "unknown";
}

function readAddress(raw: string): { email: string; verdict: "ok" | "invalid" | "unsupported" } {
  const at = raw.lastIndexOf("@");
  const local = raw.slice(0, at).toLowerCase();
  const domain = domainToASCII(raw.slice(at + 1));
  const email = `${local}@${domain}`;
  if (at < 1 || /[<>]/.test(raw) || !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(domain))
    return { email, verdict: "invalid" };
  if (/^".*"$/.test(local) || (/\P{ASCII}/u.test(local) && !/[\s@]/.test(local)))
    return { email, verdict: "unsupported" };
  return { email, verdict: /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(local) ? "ok" : "invalid" };
}
