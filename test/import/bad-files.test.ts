import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { csv, openUploadDesk, type UploadDesk } from "./upload-desk.ts";

let desk: UploadDesk;
beforeAll(async () => {
  desk = await openUploadDesk({ limits: { maxBytes: 64 * 1024 * 1024 } });
});
afterAll(() => desk.stop());

const good = csv("email,name,account type", "a@example.com,Ann,portal-only");
const utf16 = (text: string): Buffer =>
  Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
// The beginning of a real xlsx: a zip whose first entry says so.
const workbook = Buffer.concat([
  Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 0x21, 0]),
  Buffer.alloc(16),
  Buffer.from("[Content_Types].xml"),
  Buffer.alloc(200, 7),
]);

describe("a file that cannot be read is refused in words and kept as a failed import without rows", () => {
  const refused: [name: string, content: string | Uint8Array, code: string, message: RegExp][] = [
    ["empty", "", "EMPTY_FILE", /file is empty/],
    ["UTF-16", utf16(good), "UTF_16", /UTF-16 \(little endian\).*only UTF-8/],
    ["a workbook renamed to csv", workbook, "NOT_CSV", /Excel workbook/],
    [
      "a zip renamed to csv",
      Buffer.concat([Buffer.from("PK\u0003\u0004"), Buffer.alloc(300, 9)]),
      "NOT_CSV",
      /zip archive/,
    ],
    [
      "duplicate headers",
      csv("email,Email ,account type", "a@example.com,b@example.com,portal-only"),
      "DUPLICATE_HEADER",
      /more than one column/,
    ],
    ["a missing column", csv("email,name", "a@example.com,Ann"), "MISSING_COLUMN", /account type/],
    ["nothing we know", csv("fruit,colour", "apple,red"), "MISSING_COLUMN", /Found: “fruit”, “colour”/],
    [
      "NUL in the middle",
      `${good}b@example.com,B\u0000,portal-only\r\n`,
      "NUL_CHARACTER",
      /Line 3 contains a NUL character/,
    ],
    [
      "Latin-1",
      Buffer.concat([Buffer.from(good), Buffer.from("j\xf6rg@example.com,J,portal-only\r\n", "latin1")]),
      "INVALID_UTF_8",
      /Line 3 is not UTF-8/,
    ],
  ];

  test.each(refused)("%s", async (_name, content, code, message) => {
    const { status, error, importId } = await desk.upload(content, { fileName: "bad.csv" });
    expect(status).toBe(422);
    expect(error?.code).toBe(code);
    expect(error?.message).toMatch(message);
    expect(await desk.load(importId)).toMatchObject({
      state: "FAILED",
      failureCode: code,
      failure: error?.message,
      fileName: "bad.csv",
      totalRows: 0,
    });
    expect(await desk.rows(importId)).toEqual([]);
  });

  test("the line is told where it is known", async () => {
    const { error } = await desk.upload(`${good}b@example.com,B\u0000,portal-only\r\n`);
    expect(error?.line).toBe(3);
  });

  test("too large, with the status for it", async () => {
    const small = await openUploadDesk({ limits: { maxBytes: 1000 } });
    try {
      const { status, error, importId } = await small.upload(good + "x".repeat(2_000_000));
      expect(status).toBe(413);
      expect(error).toMatchObject({ code: "TOO_LARGE" });
      expect(await small.load(importId)).toMatchObject({ state: "FAILED", failureCode: "TOO_LARGE" });
    } finally {
      await small.stop();
    }
  });
});

describe("a file with faults in its rows is read, and each fault is a row of its own", () => {
  async function statesOf(content: string | Uint8Array): Promise<[number, string, string | null][]> {
    const { status, importId } = await desk.upload(content);
    expect(status).toBe(201);
    const rows = await desk.rows(importId);
    return rows.map((row) => [row.rowNumber, row.state, row.problemCode]);
  }

  test("a byte order mark is no fault", async () => {
    expect(await statesOf(`\uFEFF${good}`)).toEqual([[2, "GOOD", null]]);
  });

  test("ragged rows", async () => {
    expect(await statesOf(`${good}b@example.com,B\r\nc@example.com,C,portal-only,more\r\n`)).toEqual([
      [2, "GOOD", null],
      [3, "BAD", "CELL_COUNT"],
      [4, "BAD", "CELL_COUNT"],
    ]);
  });

  test("a cell of 10 MB", async () => {
    const content = `${good}b@example.com,"${"x".repeat(10 * 1024 * 1024)}",portal-only\r\nc@example.com,C,portal-only\r\n`;
    expect(await statesOf(content)).toEqual([
      [2, "GOOD", null],
      [3, "BAD", "RECORD_TOO_LARGE"],
      [4, "GOOD", null],
    ]);
  });

  test("invalid and duplicate emails", async () => {
    const content = csv(
      "email,account type",
      "a@example.com,portal-only",
      "a b@example.com,portal-only",
      " A@EXAMPLE.com ,portal-only",
      ",portal-only",
    );
    expect(await statesOf(content)).toEqual([
      [2, "GOOD", null],
      [3, "INVALID_EMAIL", "INVALID_EMAIL"],
      [4, "DUPLICATE", "DUPLICATE_ROW"],
      [5, "INVALID_EMAIL", "INVALID_EMAIL"],
    ]);
  });

  test("formula cells lose one guarding apostrophe on the way in and get it on the way out", async () => {
    const { importId } = await desk.upload(
      csv(
        "email,name,account type",
        `f@example.com,"'=HYPERLINK(""x"")",portal-only`,
        "bad,=1+1,portal-only",
      ),
    );
    expect((await desk.rows(importId)).map((row) => row.cells[1])).toEqual(['=HYPERLINK("x")', "=1+1"]);
    const response = await fetch(`${desk.url}/api/imports/${importId}/rejected.csv`, {
      headers: { "x-actor": "admin@example.com" },
    });
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(response.headers.get("content-disposition")).toBe("attachment; filename=rejected-file.csv");
    expect(await response.text()).toBe(
      csv(
        "email,name,account type,Error",
        `bad,'=1+1,portal-only,"The email has no @. Write the whole address, for example name@example.com."`,
      ),
    );
  });

  test("only a header: nothing to apply, and that is said", async () => {
    const { status, importId } = await desk.upload(csv("email,account type"));
    expect(status).toBe(201);
    expect(await desk.load(importId)).toMatchObject({ state: "PREVIEW", totalRows: 0 });
  });
});
