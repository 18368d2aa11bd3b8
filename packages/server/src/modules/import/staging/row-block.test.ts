import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchHeader } from "../files/header.ts";
import { createRowReader, type RowOfKind } from "../files/parse-file.ts";
import type { FileKind } from "../files/header-fields.ts";
import { toBlock } from "./row-block.ts";
import { stagingFormat } from "./row-lines.ts";

const headers: Record<FileKind, string[]> = {
  CUSTOMERS: [
    "email",
    "name",
    "account type",
    "customer role",
    "projects",
    "organizations",
    "active",
    "kind",
  ],
  REQUESTS: ["key", "project", "reporter email", "participants", "summary", "created"],
  PROJECTS: ["key", "name", "access"],
  PRODUCT_USERS: [
    "email",
    "name",
    "role",
    "status",
    "verified",
    "last active",
    "kind",
    "password hash",
    "login name",
    "authentication",
  ],
};

const cell = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("", "yes", "portal-only", "SUP|BILL", "a@b.example", "open", "K-1"),
  },
  { weight: 2, arbitrary: fc.string() },
  fc.constantFrom(
    "\\",
    '"',
    '","',
    "\t",
    "a\nb",
    "\r",
    "'=1",
    "Zoë",
    "Пётр",
    "k".repeat(300),
    "\u{1F600}",
    "\u007f",
  ),
);

describe("toBlock", () => {
  test.each(Object.keys(headers) as FileKind[])(
    "writes rows of %s quickly with the same bytes as with care",
    (fileKind) => {
      const header = headers[fileKind];
      const read = createRowReader(matchHeader(header, ",", fileKind));
      const format = stagingFormat(fileKind, {
        importId: "i",
        siteId: "s",
        keyHeader: "Schlüssel",
        sealHash: ({ rowNumber }) => (rowNumber % 2 === 0 ? Buffer.from([1, 92, rowNumber % 256]) : null),
      });
      const row = fc.oneof(
        fc.array(cell, { minLength: header.length, maxLength: header.length }),
        fc.array(cell, { maxLength: header.length + 1 }),
      );
      fc.assert(
        fc.property(fc.array(row, { maxLength: 12 }), (cells) => {
          const rows: RowOfKind[FileKind][] = cells.map((each, index) =>
            read({ rowNumber: index + 2, cells: each }),
          );
          const careful = rows.map((each) => format.toLine(each, false)).join("");
          expect(toBlock(rows, format).toString("utf8")).toBe(careful);
        }),
        { numRuns: 500 },
      );
    },
  );
});
