// A table of cases, kept whole: one entry is one case.
import type { FileCase } from "./file-case.ts";

const H = "email,account type,name,customer role,active,kind\n";
const row = (email: string, name = ""): string => `${email},portal-only,${name},,,\n`;
const REQUESTS = "key,project,reporter email,reporter account type,participants,summary,created\n";

/** Rows: quotes, line ends, sizes, values. None of them stops the file. */
export const ODD_ROWS: readonly FileCase[] = [
  {
    name: "CRLF line ends",
    file: (H + row("a@x.com") + row("b@x.com")).replaceAll("\n", "\r\n"),
    rows: ["2 ok a@x.com", "3 ok b@x.com"],
  },
  {
    name: "CR line ends",
    file: (H + row("a@x.com") + row("b@x.com")).replaceAll("\n", "\r"),
    rows: ["2 ok a@x.com", "3 ok b@x.com"],
  },
  {
    name: "all three line ends",
    file: `email,account type\r\na@x.com,portal-only\nb@x.com,portal-only\rc@x.com,portal-only`,
    rows: ["2 ok a@x.com", "3 ok b@x.com", "4 ok c@x.com"],
  },
  { name: "no line end after the last row", file: H + row("a@x.com").trimEnd(), rows: ["2 ok a@x.com"] },
  {
    name: "blank lines count but are no rows",
    file: `${H}\n${row("a@x.com")}   \n\n${row("b@x.com")}\n\n`,
    rows: ["3 ok a@x.com", "6 ok b@x.com"],
  },
  {
    name: "a row of empty cells",
    file: `${H},,,,,\n`,
    rows: ["2 bad - MISSING_VALUE"],
    says: /“account type” is empty.*The email is missing/,
  },
  {
    name: "too few cells",
    file: `${H}a@x.com,portal-only\n${row("b@x.com")}`,
    rows: ["2 bad a@x.com CELL_COUNT", "3 ok b@x.com"],
    says: /Row 2 has 2 cells, the header has 6/,
  },
  {
    name: "too many cells",
    file: `${H}a@x.com,portal-only,Smith, J,,,\n${row("b@x.com")}`,
    rows: ["2 bad a@x.com CELL_COUNT", "3 ok b@x.com"],
    says: /has 7 cells.*must stand in quotes/,
  },
  { name: "one cell", file: `${H}a@x.com\n`, rows: ["2 bad a@x.com CELL_COUNT"], says: /has 1 cell,/ },
  { name: "a quoted empty cell alone", file: `${H}""\n`, rows: ["2 bad - CELL_COUNT"] },
  {
    name: "quotes around every cell",
    file: `${H}"a@x.com","portal-only","Smith, J","","",""\n`,
    rows: ["2 ok a@x.com"],
  },
  { name: "a doubled quote", file: `${H}${row("a@x.com", '"The ""Rock"""')}`, rows: ["2 ok a@x.com"] },
  {
    name: "line ends inside quotes",
    file: `${H}${row("a@x.com", '"one\r\ntwo\rthree\nfour"')}${row("b@x.com")}`,
    rows: ["2 ok a@x.com", "3 ok b@x.com"],
  },
  {
    name: "a quote inside an unquoted cell",
    file: `${H}${row("a@x.com", 'The "Rock" J')}${row("b@x.com", '5" pipe')}`,
    rows: ["2 ok a@x.com", "3 ok b@x.com"],
  },
  {
    name: "a space before a quote",
    file: `${H}${row("a@x.com", ' "Smith, J"')}`,
    rows: ["2 bad a@x.com CELL_COUNT"],
  },
  {
    name: "text after a closing quote",
    file: `${H}${row("a@x.com", '"Smith" J')}${row("b@x.com")}`,
    rows: ["2 bad a@x.com TEXT_AFTER_QUOTE", "3 ok b@x.com"],
    says: /Row 2 cannot be read: there is text after the closing quote of column 3/,
  },
  {
    name: "a backslash before a quote",
    file: `${H}${row("a@x.com", '"The \\"Rock\\""')}${row("b@x.com")}`,
    rows: ["2 bad a@x.com TEXT_AFTER_QUOTE", "3 ok b@x.com"],
  },
  { name: "single quotes", file: `${H}${row("a@x.com", "'Smith'")}`, rows: ["2 ok a@x.com"] },
  {
    name: "a quote never closed, in the last row",
    file: `${H}${row("a@x.com")}b@x.com,portal-only,"Smith`,
    rows: ["2 ok a@x.com", "3 bad b@x.com QUOTE_NOT_CLOSED"],
    says: /Row 3 cannot be read: the quote that opens in column 3 is never closed\. Correct/,
  },
  {
    name: "a quote never closed that swallows the rest",
    file: `${H}a@x.com,portal-only,"Smith,,,\n${row("b@x.com").repeat(3)}`,
    rows: ["2 bad a@x.com QUOTE_NOT_CLOSED"],
    says: /\(4 line ends\) was read as part of it/,
  },
  {
    name: "a quote never closed that swallows 10,000 rows",
    file: () => Buffer.from(`${H}a@x.com,portal-only,"Smith,,,\n${row("b@x.com").repeat(10_000)}`),
    rows: ["2 bad a@x.com QUOTE_NOT_CLOSED"],
    says: /\(10001 line ends\)/,
  },
  {
    name: "a quote closed by the next quoted row",
    file: `${H}a@x.com,portal-only,"Smith,,,\n${row("b@x.com")}${row("c@x.com", '"Jones, J"')}${row("d@x.com")}`,
    rows: ["2 bad a@x.com TEXT_AFTER_QUOTE", "3 ok d@x.com"],
  },
  {
    name: "a cell of 10 MB",
    file: () => Buffer.from(`${H}${row("a@x.com", "x".repeat(10_000_000))}${row("b@x.com")}`),
    rows: ["2 bad a@x.com RECORD_TOO_LARGE", "3 ok b@x.com"],
    says: /Row 2 is longer than 65536 bytes.*first 1024 characters/,
  },
  {
    name: "a quoted cell of 10 MB with line ends",
    file: () => Buffer.from(`${H}${row("a@x.com", `"${"x,y\n".repeat(2_500_000)}"`)}${row("b@x.com")}`),
    rows: ["2 bad a@x.com RECORD_TOO_LARGE", "3 ok b@x.com"],
    says: /a quote may be missing there/,
  },
  {
    name: "a record of exactly 64 KiB",
    file: () => Buffer.from(`email,account type,name\na@x.com,portal-only,${"x".repeat(65_536 - 20)}\n`),
    rows: ["2 ok a@x.com"],
  },
  {
    name: "a record of one byte more",
    file: () => Buffer.from(`email,account type,name\na@x.com,portal-only,${"x".repeat(65_536 - 19)}\n`),
    rows: ["2 bad a@x.com RECORD_TOO_LARGE"],
  },
  {
    name: "a record of exactly 64 KiB in two-byte letters",
    file: () => Buffer.from(`email,account type,name\na@x.com,portal-only,${"ü".repeat(32_758)}\n`),
    rows: ["2 ok a@x.com"],
  },
  {
    name: "a record over 64 KiB in two-byte letters",
    file: () => Buffer.from(`email,account type,name\na@x.com,portal-only,${"ü".repeat(32_759)}\n`),
    rows: ["2 bad a@x.com RECORD_TOO_LARGE"],
  },
  {
    name: "70,000 cells",
    file: () => Buffer.from(`${H}a@x.com${",".repeat(70_000)}\n${row("b@x.com")}`),
    rows: ["2 bad a@x.com RECORD_TOO_LARGE", "3 ok b@x.com"],
  },
  {
    name: "60,000 cells",
    file: () => Buffer.from(`${H}a@x.com${",".repeat(60_000)}\n${row("b@x.com")}`),
    rows: ["2 bad a@x.com CELL_COUNT", "3 ok b@x.com"],
  },
  {
    name: "cells guarded against formulas",
    file: `${H}${row("'+a@x.com", "'=1+1")}`,
    rows: ["2 ok +a@x.com"],
  },
  {
    name: "cells that are formulas",
    file: `${H}${row("a@x.com", "=1+1")}${row("b@x.com", "@SUM(A1)")}${row("c@x.com", '"=HYPERLINK(""http://x"",""y"")"')}`,
    rows: ["2 ok a@x.com", "3 ok b@x.com", "4 ok c@x.com"],
  },
  {
    name: "full-width formula starters",
    file: `${H}${row("a@x.com", "＝1＋1")}${row("b@x.com", "'＝1＋1")}${row("c@x.com", "＋1")}${row("d@x.com", "－1")}${row("e@x.com", "＠x")}`,
    rows: ["2 ok a@x.com", "3 ok b@x.com", "4 ok c@x.com", "5 ok d@x.com", "6 ok e@x.com"],
  },
  {
    name: "a direction override in a name",
    file: `${H}${row("a@x.com", "\u202egnp.exe")}`,
    rows: ["2 ok a@x.com"],
  },
  {
    name: "a direction override in an email",
    file: `${H}${row("\u202ea@x.com")}`,
    rows: ["2 invalid_email \u202ea@x.com INVALID_EMAIL"],
    says: /U\+202E/,
  },
  {
    name: "the same email twice",
    file: `${H}${row("a@x.com")}${row("A@X.com")}`,
    rows: ["2 ok a@x.com", "3 ok a@x.com"],
  },
  {
    name: "an invalid email",
    file: `${H}${row("a.x.com")}${row("b@x.com")}`,
    rows: ["2 invalid_email a.x.com INVALID_EMAIL", "3 ok b@x.com"],
    says: /no @/,
  },
  {
    name: "two emails in one cell",
    file: `${H}"a@x.com,b@x.com",portal-only,,,,\n`,
    rows: ["2 invalid_email a@x.com,b@x.com INVALID_EMAIL"],
    says: /several addresses/,
  },
  { name: "an empty email", file: H + row(""), rows: ["2 invalid_email - INVALID_EMAIL"], says: /missing/ },
  {
    name: "an email with letters of another alphabet",
    file: H + row("jörg@x.com"),
    rows: ["2 unsupported_email jörg@x.com UNSUPPORTED_EMAIL"],
    says: /“ö”/,
  },
  {
    name: "an email on a look-alike domain",
    file: H + row("a@аpple.com"),
    rows: ["2 ok a@xn--pple-43d.com WARNING"],
    says: /looks like apple\.com/,
  },
  { name: "an email in capitals with spaces", file: H + row(" A@X.COM "), rows: ["2 ok a@x.com"] },
  {
    name: "an unknown account type",
    file: `${H}a@x.com,customer,,,,\n`,
    rows: ["2 bad a@x.com UNKNOWN_VALUE"],
    says: /“account type” has the unknown value “customer”\. Write “portal-only” or “Atlassian account”/,
  },
  { name: "no account type", file: `${H}a@x.com,,,,,\n`, rows: ["2 bad a@x.com MISSING_VALUE"] },
  {
    name: "account types in any case",
    file: `${H}a@x.com, PORTAL-ONLY ,,,,\nb@x.com,atlassian ACCOUNT,,,,\n`,
    rows: ["2 ok a@x.com", "3 ok b@x.com"],
  },
  {
    name: "an unknown customer role",
    file: `${H}a@x.com,Atlassian account,,maybe,,\n`,
    rows: ["2 bad a@x.com UNKNOWN_VALUE"],
    says: /“customer role” has the unknown value “maybe”\. Write “yes” or “no”/,
  },
  {
    name: "an unknown active",
    file: `${H}a@x.com,portal-only,,,1,\n`,
    rows: ["2 bad a@x.com UNKNOWN_VALUE"],
    says: /“active”/,
  },
  {
    name: "an unknown kind",
    file: `${H}a@x.com,portal-only,,,,robot\n`,
    rows: ["2 bad a@x.com UNKNOWN_VALUE"],
    says: /“person” or “distribution list” or “bot”/,
  },
  {
    name: "several faults in one row",
    file: `${H}a.x.com,customer,,maybe,,robot\n`,
    rows: ["2 bad a.x.com UNKNOWN_VALUE"],
    says: /“customer”.*“maybe”.*“robot”.*no @/,
  },
  {
    name: "a request without a key",
    file: `${REQUESTS},SUP,a@x.com,,,,\n`,
    rows: ["2 bad - MISSING_VALUE"],
    says: /“key” is empty/,
  },
  {
    name: "a request without a project",
    file: `${REQUESTS}SUP-1,,a@x.com,,,,\n`,
    rows: ["2 bad SUP-1 MISSING_VALUE"],
  },
  {
    name: "a request whose reporter has no address",
    file: `${REQUESTS}SUP-1,SUP,,,,,\n`,
    rows: ["2 ok SUP-1 WARNING"],
    says: /belongs to nobody/,
  },
  {
    name: "a request with an unreadable participant",
    file: `${REQUESTS}SUP-1,SUP,a@x.com,,b@x.com|nobody|B@X.com,,\n`,
    rows: ["2 ok SUP-1 WARNING"],
    says: /participant “nobody” is left out/,
  },
  {
    name: "a request with an unknown reporter type",
    file: `${REQUESTS}SUP-1,SUP,a@x.com,guest,,,\n`,
    rows: ["2 bad SUP-1 UNKNOWN_VALUE"],
  },
  {
    name: "a request of 30 February",
    file: `${REQUESTS}SUP-1,SUP,a@x.com,,,,2024-02-30\n`,
    rows: ["2 bad SUP-1 INVALID_DATE"],
    says: /“2024-02-30”, which is not a date/,
  },
  {
    name: "a request with a date in words",
    file: `${REQUESTS}SUP-1,SUP,a@x.com,,,,3 Jan 2024\n`,
    rows: ["2 bad SUP-1 INVALID_DATE"],
  },
  {
    name: "a project with an unknown access",
    file: "key,name,access\nSUP,Support,public\n",
    rows: ["2 bad SUP UNKNOWN_VALUE"],
    says: /“open” or “restricted”/,
  },
  {
    name: "a project without access",
    file: "key,name,access\nSUP,Support,\n",
    rows: ["2 bad SUP MISSING_VALUE"],
  },
  {
    name: "a project without a key",
    file: "key,name,access\n,Support,open\n",
    rows: ["2 bad - MISSING_VALUE"],
  },
  {
    name: "a project row with too few cells",
    file: "key,name,access\nSUP,open\n",
    rows: ["2 bad - CELL_COUNT"],
  },
  {
    name: "a request row with too many cells",
    file: `${REQUESTS}SUP-1,SUP,a@x.com,,,,,\n`,
    rows: ["2 bad - CELL_COUNT"],
  },
];
