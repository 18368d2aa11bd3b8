import { describe, expect, it } from "vitest";
import {
  formatBytes,
  formatCount,
  formatNumberOf,
  formatPeople,
  formatShortCount,
  percentOf,
} from "./number-format.ts";

describe("formatShortCount", () => {
  it.each([
    [0, "0"],
    [999, "999"],
    [1_000, "1.0k"],
    [9_949, "9.9k"],
    [9_950, "10k"],
    [412_300, "412k"],
    [999_499, "999k"],
    [999_500, "1.0M"],
    [1_250_000, "1.3M"],
  ])("of %s is %s", (value, expected) => {
    expect(formatShortCount(value)).toBe(expected);
  });
});

describe("percentOf", () => {
  it("never says 100 before the end nor 0 after the start", () => {
    expect(percentOf(999_999, 1_000_000)).toBe(99);
    expect(percentOf(1, 1_000_000)).toBe(1);
    expect(percentOf(10, 10)).toBe(100);
  });

  it("is 0 while the total is not known", () => {
    expect(percentOf(0, 0)).toBe(0);
    expect(percentOf(5, 0)).toBe(0);
  });
});

describe("words with numbers", () => {
  it("uses the singular for one only", () => {
    expect(formatPeople(1)).toBe("1 person");
    expect(formatPeople(4_912)).toBe("4,912 people");
    expect(formatNumberOf(1, "row")).toBe("1 row");
    expect(formatNumberOf(0, "row")).toBe("0 rows");
    expect(formatNumberOf(2, "check blocks", "checks block")).toBe("2 checks block");
  });

  it("groups thousands", () => {
    expect(formatCount(1_234_567)).toBe("1,234,567");
  });
});

describe("formatBytes", () => {
  it.each([
    [912, "912 B"],
    [14_336, "14 KB"],
    [3_355_443, "3.2 MB"],
  ])("of %s is %s", (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected);
  });
});
