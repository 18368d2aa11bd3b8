// A table of cases, kept whole: one entry is one case.
import { gzipSync } from "node:zlib";
import type { FileCase } from "./file-case.ts";

const FILE = "email,account type\na@x.com,portal-only\n";
const ROWS = ["2 ok a@x.com"];

const utf16le = (text: string): Buffer => Buffer.from(text, "utf16le");
const utf16be = (text: string): Buffer => utf16le(text).swap16();
const latin1 = (text: string): Buffer => Buffer.from(text, "latin1");
/** The beginning of a zip whose first entry has this name. */
const zip = (name: string): Buffer =>
  Buffer.concat([
    latin1("PK\u0003\u0004\u0014\u0000\u0006\u0000"),
    Buffer.alloc(18),
    latin1(name),
    Buffer.alloc(200, 7),
  ]);
const manyColumns = (count: number): string =>
  `email,account type,${Array.from({ length: count - 2 }, (_, index) => `c${index}`).join(",")}\n`;

/** Encodings, formats and sizes. */
export const ODD_FILES: readonly FileCase[] = [
  { name: "plain UTF-8", file: FILE, rows: ROWS },
  { name: "UTF-8 with a byte order mark", file: `\ufeff${FILE}`, rows: ROWS },
  { name: "two byte order marks", file: `\ufeff\ufeff${FILE}`, rows: ROWS },
  {
    name: "a byte order mark before a quoted header",
    file: `\ufeff"email","account type"\na@x.com,portal-only\n`,
    rows: ROWS,
  },
  {
    name: "a byte order mark in the middle of the file",
    file: `${FILE}\ufeffb@x.com,portal-only\n`,
    rows: ["2 ok a@x.com", "3 invalid_email b@x.com INVALID_EMAIL"],
    says: /U\+FEFF/,
  },
  {
    name: "UTF-16 little endian with a mark",
    file: Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le(FILE)]),
    rejected: { code: "UTF_16", message: /UTF-16 \(little endian\).*Save it as “CSV UTF-8/ },
  },
  {
    name: "UTF-16 big endian with a mark",
    file: Buffer.concat([Buffer.from([0xfe, 0xff]), utf16be(FILE)]),
    rejected: { code: "UTF_16", message: /UTF-16 \(big endian\)/ },
  },
  {
    name: "UTF-16 little endian without a mark",
    file: utf16le(FILE),
    rejected: { code: "UTF_16", message: /UTF-16 \(little endian, without/ },
  },
  {
    name: "UTF-16 big endian without a mark",
    file: utf16be(FILE),
    rejected: { code: "UTF_16", message: /UTF-16 \(big endian, without/ },
  },
  {
    name: "UTF-16 little endian with tabs, as Excel's Unicode text",
    file: Buffer.concat([Buffer.from([0xff, 0xfe]), utf16le(FILE.replaceAll(",", "\t"))]),
    rejected: { code: "UTF_16", message: /UTF-16/ },
  },
  {
    name: "a UTF-16 mark and nothing else",
    file: Buffer.from([0xff, 0xfe]),
    rejected: { code: "UTF_16", message: /UTF-16/ },
  },
  {
    name: "UTF-32 little endian",
    file: Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]),
    rejected: { code: "UTF_32", message: /UTF-32/ },
  },
  {
    name: "UTF-32 big endian",
    file: Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x61]),
    rejected: { code: "UTF_32", message: /UTF-32/ },
  },
  {
    name: "Latin-1 in row 3",
    file: latin1("email,account type,name\na@x.com,portal-only,A\nb@x.com,portal-only,J\u00f6rg\n"),
    rejected: { code: "INVALID_UTF_8", message: /Line 3 is not UTF-8.*Windows-1252/, line: 3 },
  },
  {
    name: "Windows-1252 quotation marks in the header",
    file: latin1("email,account type,\u0093name\u0094\na@x.com,portal-only,A\n"),
    rejected: { code: "INVALID_UTF_8", message: /Line 1/, line: 1 },
  },
  {
    name: "Latin-1 with CR line ends",
    file: latin1("email,account type,name\ra@x.com,portal-only,\u00e9\r"),
    rejected: { code: "INVALID_UTF_8", message: /Line 2/, line: 2 },
  },
  {
    name: "Latin-1 with CRLF line ends",
    file: latin1("email,account type,name\r\na@x.com,portal-only,A\r\nb@x.com,portal-only,\u00e9\r\n"),
    rejected: { code: "INVALID_UTF_8", message: /Line 3/, line: 3 },
  },
  {
    name: "an overlong encoding of a slash",
    file: Buffer.concat([Buffer.from(FILE), Buffer.from([0xc0, 0xaf])]),
    rejected: { code: "INVALID_UTF_8", message: /Line 3/, line: 3 },
  },
  {
    name: "a surrogate encoded as UTF-8",
    file: Buffer.concat([Buffer.from(FILE), Buffer.from([0xed, 0xa0, 0x80, 0x0a])]),
    rejected: { code: "INVALID_UTF_8", message: /Line 3/, line: 3 },
  },
  {
    name: "a character cut off at the end",
    file: Buffer.concat([Buffer.from(`${FILE}b@x.com,`), Buffer.from([0xe2, 0x82])]),
    rejected: { code: "INVALID_UTF_8", message: /ends in the middle of a character/, line: 3 },
  },
  {
    name: "four-byte characters",
    file: "email,account type,name\na@x.com,portal-only,😀 𝒜\n",
    rows: ROWS,
  },
  {
    name: "a NUL character in row 2",
    file: "email,account type,name\na@x.com,portal-only,A\u0000B\n",
    rejected: { code: "NUL_CHARACTER", message: /Line 2 contains a NUL/, line: 2 },
  },
  {
    name: "a NUL character in the header",
    file: "email\u0000,account type\na@x.com,portal-only\n",
    rejected: { code: "NUL_CHARACTER", message: /Line 1/, line: 1 },
  },
  {
    name: "NUL characters at the end, as after a full disk",
    file: `${FILE}${"\u0000".repeat(100)}`,
    rejected: { code: "NUL_CHARACTER", message: /Line 3/, line: 3 },
  },
  { name: "nothing at all", file: "", rejected: { code: "EMPTY_FILE", message: /empty.*header/ } },
  {
    name: "a byte order mark and nothing else",
    file: "\ufeff",
    rejected: { code: "EMPTY_FILE", message: /empty/ },
  },
  { name: "blank lines only", file: "\n\r\n  \n\n", rejected: { code: "EMPTY_FILE", message: /empty/ } },
  { name: "one space", file: " ", rejected: { code: "EMPTY_FILE", message: /empty/ } },
  {
    name: "an Excel workbook renamed to csv",
    file: zip("[Content_Types].xml"),
    rejected: {
      code: "NOT_CSV",
      message: /^This is an Excel workbook \(xlsx\), not a CSV file\..*CSV UTF-8/,
    },
  },
  {
    name: "an Excel workbook by its sheet",
    file: zip("xl/workbook.xml"),
    rejected: { code: "NOT_CSV", message: /xlsx/ },
  },
  {
    name: "an OpenDocument spreadsheet",
    file: zip("mimetypeapplication/vnd.oasis.opendocument.spreadsheet"),
    rejected: { code: "NOT_CSV", message: /\(ods\)/ },
  },
  {
    name: "a Numbers spreadsheet",
    file: zip("Index/Document.iwa"),
    rejected: { code: "NOT_CSV", message: /Numbers/ },
  },
  {
    name: "a zip renamed to csv",
    file: zip("customers.csv"),
    rejected: { code: "NOT_CSV", message: /zip archive.*Unpack it/ },
  },
  {
    name: "an empty zip",
    file: latin1("PK\u0005\u0006" + "\u0000".repeat(18)),
    rejected: { code: "NOT_CSV", message: /zip/ },
  },
  { name: "a gzip archive", file: gzipSync(FILE), rejected: { code: "NOT_CSV", message: /gzip/ } },
  {
    name: "a PDF document",
    file: latin1("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n"),
    rejected: { code: "NOT_CSV", message: /PDF/ },
  },
  {
    name: "an old Excel workbook",
    file: Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]),
    rejected: { code: "NOT_CSV", message: /\(xls\)/ },
  },
  {
    name: "a PNG image",
    file: latin1("\u0089PNG\r\n\u001a\n"),
    rejected: { code: "NOT_CSV", message: /PNG/ },
  },
  {
    name: "a 7-Zip archive",
    file: Buffer.from("377abcaf271c0004", "hex"),
    rejected: { code: "NOT_CSV", message: /7-Zip/ },
  },
  {
    name: "an SQLite database",
    file: latin1("SQLite format 3\u0000\u0010"),
    rejected: { code: "NOT_CSV", message: /SQLite/ },
  },
  {
    name: "a sign-in page saved in place of the export",
    file: "\n<!DOCTYPE html>\n<html><body>Sign in</body></html>\n",
    rejected: { code: "NOT_CSV", message: /web page \(HTML\)/ },
  },
  {
    name: "an XML file",
    file: `<?xml version="1.0"?>\n<users/>\n`,
    rejected: { code: "NOT_CSV", message: /XML/ },
  },
  {
    name: "a JSON object",
    file: `\ufeff{"email": "a@x.com"}`,
    rejected: { code: "NOT_CSV", message: /JSON/ },
  },
  {
    name: "a JSON list",
    file: `[\n  {"email": "a@x.com"}\n]`,
    rejected: { code: "NOT_CSV", message: /JSON/ },
  },
  {
    name: "a rich text document",
    file: "{\\rtf1\\ansi email}",
    rejected: { code: "NOT_CSV", message: /rich text/ },
  },
  {
    name: "more bytes than allowed",
    file: FILE + "b@x.com,portal-only\n".repeat(500),
    limits: { maxBytes: 5000 },
    rejected: { code: "TOO_LARGE", message: /larger than 5000 bytes.*Split it/ },
  },
  {
    name: "exactly the bytes allowed",
    file: FILE,
    limits: { maxBytes: Buffer.byteLength(FILE) },
    rows: ROWS,
  },
  {
    name: "more rows than allowed",
    file: `${FILE}b@x.com,portal-only\nc@x.com,portal-only\n`,
    limits: { maxRows: 2 },
    rejected: { code: "TOO_MANY_ROWS", message: /more than 2 rows.*Split it/ },
  },
  {
    name: "more rows than allowed, the last without a line end",
    file: `${FILE}b@x.com,portal-only`,
    limits: { maxRows: 1 },
    rejected: { code: "TOO_MANY_ROWS", message: /more than 1 rows/ },
  },
  {
    name: "exactly the rows allowed, and blank lines",
    file: `${FILE}\n\nb@x.com,portal-only\n\n`,
    limits: { maxRows: 2 },
    rows: ["2 ok a@x.com", "5 ok b@x.com"],
  },
  {
    name: "201 columns",
    file: `${manyColumns(201)}a@x.com,portal-only${",".repeat(199)}\n`,
    rejected: { code: "TOO_MANY_COLUMNS", message: /201 columns; at most 200/ },
  },
  { name: "200 columns", file: `${manyColumns(200)}a@x.com,portal-only${",".repeat(198)}\n`, rows: ROWS },
  {
    name: "a first line of 100 KB",
    file: () => Buffer.from("x".repeat(100_000)),
    rejected: { code: "HEADER_UNREADABLE", message: /too long for a header/ },
  },
  {
    name: "a header with a quote that is never closed",
    file: `email,"account type\na@x.com,portal-only\n`,
    rejected: { code: "HEADER_UNREADABLE", message: /column 2 is never closed/ },
  },
  {
    name: "a header with text after a quote",
    file: `"email"x,account type\na@x.com,portal-only\n`,
    rejected: { code: "HEADER_UNREADABLE", message: /text after the closing quote of column 1/ },
  },
];
