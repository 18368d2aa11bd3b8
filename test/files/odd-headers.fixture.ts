// A table of cases, kept whole: one entry is one case.
import type { FileCase } from "./file-case.ts";

/** Headers: names, order, delimiters, kinds. */
export const ODD_HEADERS: readonly FileCase[] = [
  { name: "a header and no row", file: "email,account type\n", rows: [] },
  { name: "a header without a line end", file: "email,account type", rows: [] },
  {
    name: "headers in capitals and with spaces",
    file: " EMAIL , Account Type \na@x.com,portal-only\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "headers in quotes",
    file: `"email","account type"\na@x.com,portal-only\n`,
    rows: ["2 ok a@x.com"],
  },
  {
    name: "columns in another order",
    file: "account type,x,email\nportal-only,1,a@x.com\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "synonyms",
    file: "E-Mail Address,Account_Type,Full Name\na@x.com,portal-only,A\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "an exact name beside its synonym",
    file: "mail,email,account type\nwrong@x.com,a@x.com,portal-only\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "the same header twice",
    file: "email,account type,email\na@x.com,portal-only,b@x.com\n",
    rejected: { code: "DUPLICATE_HEADER", message: /more than one column named “email”/ },
  },
  {
    name: "the same header twice but for case and spaces",
    file: "email,account type, EMAIL \na@x.com,portal-only,b@x.com\n",
    rejected: { code: "DUPLICATE_HEADER", message: /“EMAIL”/ },
  },
  {
    name: "two unknown headers twice",
    file: "email,account type,x,x,y,y\na@x.com,portal-only,,,,\n",
    rejected: { code: "DUPLICATE_HEADER", message: /“x”, “y”/ },
  },
  {
    name: "__proto__ as a header",
    file: "email,account type,__proto__,constructor,toString\na@x.com,portal-only,1,2,3\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "__proto__ twice",
    file: "email,account type,__proto__,__proto__\na@x.com,portal-only,1,2\n",
    rejected: { code: "DUPLICATE_HEADER", message: /“__proto__”/ },
  },
  {
    name: "__proto__ as the only columns",
    file: "__proto__,constructor\n1,2\n",
    rejected: {
      code: "MISSING_COLUMN",
      message: /“email”, “account type”.*Found: “__proto__”, “constructor”/,
    },
  },
  {
    name: "columns without a name",
    file: "email,account type,,\na@x.com,portal-only,,\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "no email column",
    file: "name,account type\nA,portal-only\n",
    rejected: { code: "MISSING_COLUMN", message: /“email” .*is missing\. Found: “name”, “account type”/ },
  },
  {
    name: "no account type column",
    file: "email,name\na@x.com,A\n",
    rejected: { code: "MISSING_COLUMN", message: /“account type” .*is missing/ },
  },
  {
    name: "no header, the first row is a person",
    file: "a@x.com,portal-only\nb@x.com,portal-only\n",
    rejected: { code: "MISSING_COLUMN", message: /Found: “a@x\.com”, “portal-only”/ },
  },
  {
    name: "a header of delimiters only",
    file: ",,,\na@x.com,portal-only,,\n",
    rejected: { code: "MISSING_COLUMN", message: /no column with a name/ },
  },
  {
    name: "a header with a direction override",
    file: "\u202eliame,account type\na@x.com,portal-only\n",
    rejected: { code: "MISSING_COLUMN", message: /“\[U\+202E\]liame”/ },
  },
  {
    name: "a long unknown header",
    file: `${"h".repeat(5000)},account type\na@x.com,portal-only\n`,
    rejected: { code: "MISSING_COLUMN", message: /“h{60}…”/ },
  },
  {
    name: "semicolons",
    file: "email;account type;name\na@x.com;portal-only;Smith, J\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "tabs",
    file: "email\taccount type\tname\na@x.com\tportal-only\tSmith; J\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "semicolons, and a comma in a quoted header",
    file: `email;account type;"Smith, J, K, L"\na@x.com;portal-only;x\n`,
    rows: ["2 ok a@x.com"],
  },
  {
    name: "commas below a header of semicolons",
    file: "email;account type\na@x.com,portal-only\n",
    rows: ["2 bad a@x.com,portal-only CELL_COUNT"],
  },
  {
    name: "pipes as delimiter",
    file: "email|account type\na@x.com|portal-only\n",
    rejected: { code: "MISSING_COLUMN", message: /Found: “email\|account type”/ },
  },
  {
    name: "a line that names the delimiter for Excel",
    file: "sep=;\nemail;account type\na@x.com;portal-only\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "the same with a comma and CRLF",
    file: "sep=,\r\nemail,account type\r\na@x.com,portal-only\r\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "blank lines before the header",
    file: "\n\nemail,account type\na@x.com,portal-only\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "a corrected Failed.csv",
    file: "email,account type,Error\na@x.com,portal-only,The email has no @.\n",
    rows: ["2 ok a@x.com"],
  },
  {
    name: "the form with account ids",
    file: "Account Id,Email,Display Name,Projects,Organizations\nqm:1:2,a@x.com,A,SUP|HR,Acme\n5b10,b@x.com,B,,\n",
    rows: ["2 ok a@x.com", "3 ok b@x.com"],
  },
  {
    name: "the form with account ids, one missing",
    file: "Account Id,Email,Display Name,Projects,Organizations\n,a@x.com,A,,\n",
    rows: ["2 bad a@x.com MISSING_VALUE"],
    says: /“Account Id” is empty/,
  },
  {
    name: "an id and a type that contradict each other",
    file: "account id,email,account type\nqm:1,a@x.com,Atlassian account\nqm:1,b@x.com,portal-only\n",
    rows: ["2 bad a@x.com CONTRADICTION", "3 ok b@x.com"],
    says: /does not fit the account id/,
  },
  {
    name: "an own mapping of columns",
    file: "contact,sort,email\na@x.com,portal-only,wrong@x.com\n",
    mapping: [
      { header: "Contact", field: "email" },
      { header: "sort", field: "accountType" },
    ],
    rows: ["2 ok a@x.com"],
  },
  {
    name: "a known column that is to be ignored",
    file: "email,account type,kind\na@x.com,portal-only,robot\n",
    mapping: [{ header: "kind", field: null }],
    rows: ["2 ok a@x.com"],
  },
  {
    name: "a mapping of a column that is not there",
    file: "email,account type\n",
    mapping: [{ header: "nobody", field: "email" }],
    rejected: { code: "INVALID_MAPPING", message: /no column “nobody”/ },
  },
  {
    name: "a mapping to an unknown field",
    file: "email,account type\n",
    mapping: [{ header: "email", field: "__proto__" }],
    rejected: { code: "INVALID_MAPPING", message: /“__proto__”/ },
  },
  {
    name: "a mapping to an unknown field of a known kind",
    file: "email,account type\n",
    fileKind: "CUSTOMERS",
    mapping: [{ header: "email", field: "summary" }],
    rejected: { code: "INVALID_MAPPING", message: /“summary” is no field/ },
  },
  {
    name: "two columns mapped to one field",
    file: "a,b,account type\n",
    mapping: [
      { header: "a", field: "email" },
      { header: "b", field: "email" },
    ],
    rejected: { code: "INVALID_MAPPING", message: /two columns are mapped to “email”/ },
  },
  {
    name: "one column mapped twice",
    file: "email,account type\n",
    mapping: [
      { header: "email", field: "email" },
      { header: "EMAIL", field: "name" },
    ],
    rejected: { code: "INVALID_MAPPING", message: /mapped twice/ },
  },
  {
    name: "a customers file said to be requests",
    file: "email,account type\na@x.com,portal-only\n",
    fileKind: "REQUESTS",
    rejected: { code: "MISSING_COLUMN", message: /“key”, “project”, “reporter email”/ },
  },
  { name: "requests", file: "key,project,reporter email\nSUP-1,SUP,a@x.com\n", rows: ["2 ok SUP-1"] },
  {
    name: "requests, keys in small letters",
    file: "Key,Project,Reporter Email\nsup-1,sup,a@x.com\n",
    rows: ["2 ok SUP-1"],
  },
  {
    name: "projects",
    file: "key,name,access\nSUP,Support,open\nhr,,Restricted\n",
    rows: ["2 ok SUP", "3 ok HR"],
  },
];
