import { describe, expect, test } from "vitest";
import { formatCsvRow, guardCell, unguardCell } from "./formula-guard.ts";

describe("guardCell", () => {
  test.each([
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=1",
  ])("puts one apostrophe before %j, and unguardCell takes it off", (cell) => {
    expect(guardCell(cell)).toBe(`'${cell}`);
    expect(unguardCell(`'${cell}`)).toBe(cell);
  });

  test.each(["", "a", "'", "''", "'a", "'tis", " =1", "a=1", "1-1", "a@x.com", "＂=1"])(
    "leaves %j alone",
    (cell) => {
      expect(guardCell(cell)).toBe(cell);
      expect(unguardCell(cell)).toBe(cell);
    },
  );
});

describe("formatCsvRow", () => {
  test.each([
    [["a", "b"], "a,b\r\n"],
    [["a,b", 'say "x"', "one\ntwo", "one\rtwo"], '"a,b","say ""x""","one\ntwo","one\rtwo"\r\n'],
    [["a;b", "a\tb"], '"a;b","a\tb"\r\n'],
    [["=1", "-x,y", "'=1"], "'=1,\"'-x,y\",''=1\r\n"],
    [["", ""], ",\r\n"],
    [[""], '""\r\n'],
    [["  "], '"  "\r\n'],
  ])("writes %j", (cells, line) => {
    expect(formatCsvRow(cells)).toBe(line);
  });
});
