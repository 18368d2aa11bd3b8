import { describe, expect, it } from "vitest";
import { parseDirectorySearch } from "./directory-search.ts";

describe("parseDirectorySearch", () => {
  it.each([null, undefined, "", "   "])("asks nothing for %j", (text) => {
    expect(parseDirectorySearch(text)).toBeNull();
  });

  it.each([
    ["jane", "jane%", "'jane':*"],
    ["  Jane SMITH ", "jane smith%", "'Jane':* & 'SMITH':*"],
    ["o'brien-lee", "o'brien-lee%", "'o':* & 'brien':* & 'lee':*"],
    ["Jürgen", "jürgen%", "'Jürgen':*"],
    ["j", "j%", null],
    ["jane@ab", "jane@ab%", null],
    ["!!", "!!%", null],
    ["50%_\\", "50\\%\\_\\\\%", "'50':*"],
    ["a') | !('b", "a') | !('b%", "'a':* & 'b':*"],
  ])("reads %j as %j and %j", (text, emailPattern, nameQuery) => {
    expect(parseDirectorySearch(text)).toEqual({ emailPattern, nameQuery });
  });

  it("reads no more than 200 characters", () => {
    expect(parseDirectorySearch("a".repeat(1000))?.emailPattern).toHaveLength(201);
  });
});
