import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createListReader, readKey, readList, trimCell } from "./read-cells.ts";
import { readDate } from "./read-date.ts";
import type { RowProblem } from "./row-problem.ts";

describe("readList", () => {
  test.each([
    ["", []],
    ["  ", []],
    ["|", []],
    [" | | ", []],
    ["SUP", ["SUP"]],
    [" SUP ", ["SUP"]],
    ["SUP|HR", ["SUP", "HR"]],
    ["SUP | HR|", ["SUP", "HR"]],
    ["SUP|HR|SUP", ["SUP", "HR"]],
    ["Acme, Inc|Acme; Ltd", ["Acme, Inc", "Acme; Ltd"]],
  ])("reads %j", (cell, entries) => {
    expect(readList(cell)).toEqual(entries);
  });

  test("counts entries as equal in the form they are read in", () => {
    expect(readList("sup|SUP| Sup ", readKey)).toEqual(["SUP"]);
  });
});

describe("createListReader", () => {
  test("reads every cell as readList does, however often it comes", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "B", "|", " ", "ü", "x".repeat(200)), maxLength: 6 });
    const read = createListReader(readKey);
    fc.assert(
      fc.property(text, (cell) => {
        expect(read(cell)).toEqual(readList(cell, readKey));
        expect(read(cell)).toEqual(readList(cell, readKey));
      }),
    );
  });
});

describe("trimCell", () => {
  test("gives what trim gives", () => {
    const unit = fc.constantFrom(
      "a",
      "~",
      " ",
      "\t",
      "\n",
      "\u00a0",
      "\u2003",
      "\ufeff",
      "\u007f",
      "ü",
      "\u{1F600}",
    );
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 8 }), (text) => {
        expect(trimCell(text)).toBe(text.trim());
      }),
    );
  });
});

describe("readKey", () => {
  test.each([
    [" sup-1 ", "SUP-1"],
    ["SUP", "SUP"],
    // The full rules of Unicode would make these SUP and STRASSE.
    ["ſup", "ſUP"],
    ["straße", "STRAßE"],
  ])("reads %j as %j", (cell, key) => {
    expect(readKey(cell)).toBe(key);
  });
});

describe("readDate", () => {
  const read = (cell: string): string | null | RowProblem => {
    const problems: RowProblem[] = [];
    const date = readDate(cell, "created", problems);
    return problems[0] ?? date;
  };

  test.each([
    ["", null],
    ["  ", null],
    ["2024-01-31", "2024-01-31T00:00:00.000Z"],
    [" 2024-02-29 ", "2024-02-29T00:00:00.000Z"],
    ["2024-01-31T09:30", "2024-01-31T09:30:00.000Z"],
    ["2024-01-31 09:30:15", "2024-01-31T09:30:15.000Z"],
    ["2024-01-31T09:30:15Z", "2024-01-31T09:30:15.000Z"],
    ["2024-01-31t09:30:15z", "2024-01-31T09:30:15.000Z"],
    ["2024-01-31T09:30:15.1234567Z", "2024-01-31T09:30:15.123Z"],
    ["2024-01-31T09:30:15,5Z", "2024-01-31T09:30:15.500Z"],
    ["2024-01-31T23:30:00-05:00", "2024-02-01T04:30:00.000Z"],
    ["2024-01-01T00:30:00+0100", "2023-12-31T23:30:00.000Z"],
    ["2024-01-31T09:30:00+01", "2024-01-31T08:30:00.000Z"],
    ["2024-01-31T09:30:00+05:45", "2024-01-31T03:45:00.000Z"],
  ])("reads %j", (cell, date) => {
    expect(read(cell)).toBe(date);
  });

  test.each([
    "2024-02-30",
    "2023-02-29",
    "2024-13-01",
    "2024-00-10",
    "2024-01-00",
    "2024-1-5",
    "24-01-31",
    "0000-01-01",
    "9999-12-31",
    "2024-01-31T24:00:00Z",
    "2024-01-31T09:60:00Z",
    "2024-01-31T09:30:60Z",
    "2024-01-31T09:30:00+15:00",
    "2024-01-31T09:30:00+05:60",
    "2024-01-31T",
    "20240131",
    "31/01/2024",
    "01-31-2024",
    "31 Jan 2024",
    "yesterday",
    "1706659200",
    "２０２４-01-31",
  ])("refuses %j and says how to write a date", (cell) => {
    expect(read(cell)).toMatchObject({
      column: "created",
      code: "INVALID_DATE",
      message: expect.stringContaining("Write it as 2024-01-31"),
    });
  });
});
