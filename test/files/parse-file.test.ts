import { Readable } from "node:stream";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FileRejection } from "../../packages/server/src/modules/import/files/file-rejection.ts";
import { formatCsvRow } from "../../packages/server/src/platform/csv/formula-guard.ts";
import { parseFile } from "../../packages/server/src/modules/import/files/parse-file.ts";
import { parseCase } from "./file-case.ts";
import type { AnyRow } from "./file-case.ts";

async function rowsOf(file: string): Promise<AnyRow[]> {
  const outcome = await parseCase({ file });
  if ("rejection" in outcome) throw outcome.rejection;
  return outcome.rows;
}

describe("customers", () => {
  const H = "email,name,account type,customer role,projects,organizations,active,kind\n";

  test("a full row", async () => {
    const line =
      " JSmith@ABC.com , John Smith ,Atlassian Account,No,sup| HR |SUP|,Acme|Globex,NO,Distribution List\n";
    expect(await rowsOf(H + line)).toEqual([
      {
        rowNumber: 2,
        cells: line.trimEnd().split(","),
        state: "ok",
        email: "jsmith@abc.com",
        rawEmail: "JSmith@ABC.com",
        name: "John Smith",
        accountType: "ATLASSIAN_ACCOUNT",
        customerRole: false,
        projectKeys: ["SUP", "HR"],
        organizations: ["Acme", "Globex"],
        active: false,
        kind: "DISTRIBUTION_LIST",
      },
    ]);
  });

  test("empty cells are absent values", async () => {
    expect(await rowsOf(`${H}a@x.com,,Atlassian account,,,,,\nb@x.com,,portal-only,,,,,\n`)).toMatchObject([
      { name: null, customerRole: true, projectKeys: [], organizations: [], active: true, kind: null },
      { name: null, customerRole: null, active: true, kind: null },
    ]);
  });

  test("only the required columns", async () => {
    expect(await rowsOf("email,account type\na@x.com,Atlassian account\n")).toEqual([
      {
        rowNumber: 2,
        cells: ["a@x.com", "Atlassian account"],
        state: "ok",
        email: "a@x.com",
        rawEmail: "a@x.com",
        name: null,
        accountType: "ATLASSIAN_ACCOUNT",
        customerRole: true,
        projectKeys: [],
        organizations: [],
        active: true,
        kind: null,
      },
    ]);
  });

  test("a portal-only row has no Customer role, whatever the cell says", async () => {
    expect(await rowsOf(`${H}a@x.com,,portal-only,yes,,,,bot\n`)).toMatchObject([
      { customerRole: null, kind: "BOT" },
    ]);
  });

  test("ids tell the account type in the form with account ids", async () => {
    const file =
      "Account Id,Email,Display Name,Projects,Organizations\nqm:1:2,a@x.com,A,SUP|HR,Acme\n557058:1,b@x.com,B,,\n";
    expect(await rowsOf(file)).toMatchObject([
      {
        accountType: "PORTAL_ONLY",
        customerRole: null,
        name: "A",
        projectKeys: ["SUP", "HR"],
        organizations: ["Acme"],
      },
      { accountType: "ATLASSIAN_ACCOUNT", customerRole: true, name: "B" },
    ]);
  });

  test("a bad row keeps what could be read, and its input", async () => {
    expect(await rowsOf(`${H}a@x.com,A,portal-only,,SUP,,,robot\n`)).toMatchObject([
      {
        state: "bad",
        email: "a@x.com",
        name: "A",
        accountType: "PORTAL_ONLY",
        projectKeys: ["SUP"],
        cells: ["a@x.com", "A", "portal-only", "", "SUP", "", "", "robot"],
        problem: { column: "kind", code: "UNKNOWN_VALUE" },
      },
    ]);
  });

  test("formula guards are taken off on the way in", async () => {
    expect(await rowsOf(`${H}'+a@x.com,'=cmd,portal-only,,,,,\n`)).toMatchObject([
      { email: "+a@x.com", name: "=cmd", cells: ["+a@x.com", "=cmd", "portal-only", "", "", "", "", ""] },
    ]);
  });
});

describe("requests and projects", () => {
  test("a full request", async () => {
    const file =
      "key,project,reporter email,reporter account type,participants,summary,created\n" +
      'sup-1,sup,A@x.com,Portal-Only,b@x.com| C@X.com|B@x.com,"Printer, again",2024-01-31\n';
    expect(await rowsOf(file)).toEqual([
      {
        rowNumber: 2,
        cells: [
          "sup-1",
          "sup",
          "A@x.com",
          "Portal-Only",
          "b@x.com| C@X.com|B@x.com",
          "Printer, again",
          "2024-01-31",
        ],
        state: "ok",
        key: "SUP-1",
        projectKey: "SUP",
        reporterEmail: "a@x.com",
        rawReporterEmail: "A@x.com",
        reporterType: "PORTAL_ONLY",
        participants: ["b@x.com", "c@x.com"],
        summary: "Printer, again",
        createdAt: "2024-01-31T00:00:00.000Z",
      },
    ]);
  });

  test("a project without a name is named by its key as written", async () => {
    expect(await rowsOf("key,access\nSup, Open \n")).toEqual([
      { rowNumber: 2, cells: ["Sup", " Open "], state: "ok", key: "SUP", name: "Sup", access: "OPEN" },
    ]);
  });
});

describe("what we write can be read again", () => {
  // A NUL is the one character that no file may contain.
  const cell = fc.string({ unit: "binary" }).map((text) => text.replaceAll("\u0000", ""));
  const spreadsheetCell = fc
    .array(
      fc.constantFrom("'", "=", "+", "-", "@", "＝", "\t", "\r", "\n", '"', ",", ";", " ", "a", "\ufeff"),
      { maxLength: 8 },
    )
    .map((pieces) => pieces.join(""));

  test("every cell comes back as it was", async () => {
    const row = fc.array(fc.oneof(cell, spreadsheetCell), { minLength: 2, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 8 }), async (rows) => {
        const file = ["email,account type\r\n", ...rows.map(formatCsvRow)].join("");
        expect((await rowsOf(file)).map(({ cells }) => cells)).toEqual(rows);
      }),
      { numRuns: 1500 },
    );
  });

  test("a Failed.csv that nobody corrected fails in the same way", async () => {
    const [first] = await rowsOf("email,account type,name\n=a.x.com,portal-only,-1\n");
    if (first?.problem === undefined) throw new Error("the row was accepted");
    const failed =
      formatCsvRow(["email", "account type", "name", "Error"]) +
      formatCsvRow([...first.cells, first.problem.message]);
    expect(failed).toContain("'=a.x.com,portal-only,'-1,");
    const [again] = await rowsOf(failed);
    expect(again).toMatchObject({ state: first.state, rawEmail: "=a.x.com", problem: first.problem });
  });
});

describe("the source", () => {
  const endless = (): Readable =>
    Readable.from(
      (function* () {
        yield Buffer.from("email,account type\n");
        for (;;) yield Buffer.from("a@x.com,portal-only\n".repeat(3000));
      })(),
    );

  test("is destroyed when the caller stops", async () => {
    const stream = endless();
    const { rows } = await parseFile({ stream });
    for await (const batch of rows) {
      expect(batch).toHaveLength(1000);
      break;
    }
    expect(stream.destroyed).toBe(true);
  });

  test("is destroyed when its header is refused", async () => {
    const stream = endless();
    await expect(parseFile({ stream, fileKind: "PROJECTS" })).rejects.toThrow(FileRejection);
    expect(stream.destroyed).toBe(true);
  });

  test("passes its own error on, as of an upload that breaks off", async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from(`email,account type\n${"a@x.com,portal-only\n".repeat(3000)}`);
      throw new Error("connection reset");
    }
    const { rows } = await parseFile({ stream: broken() });
    const readAll = async (): Promise<number> => {
      let count = 0;
      for await (const batch of rows) count += batch.length;
      return count;
    };
    await expect(readAll()).rejects.toThrow("connection reset");
  });

  test("may use its buffer again", async () => {
    const shared = Buffer.alloc(64);
    async function* reusing(): AsyncGenerator<Buffer> {
      const bytes = Buffer.from(
        `email,account type,name\n${"a@x.com,portal-only,Jürgen Müller €\n".repeat(3000)}`,
      );
      for (let at = 0; at < bytes.length; at += 64)
        yield shared.subarray(0, bytes.copy(shared, 0, at, at + 64));
    }
    const { rows } = await parseFile({ stream: reusing(), fileKind: "CUSTOMERS" });
    const names = new Set<string | null>();
    for await (const batch of rows) for (const row of batch) names.add(row.name);
    expect([...names]).toEqual(["Jürgen Müller €"]);
  });
});
