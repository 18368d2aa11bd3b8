import { describe, expect, it } from "vitest";
import { readDay, startOfDay } from "./audit-dates.ts";

describe("days of the audit log", () => {
  it.each(["", "2026-1-1", "2026-13-01", "yesterday", 20260101, undefined])("%s is no day", (value) => {
    expect(readDay(value)).toBeUndefined();
  });

  it("begin and end where the reader is", () => {
    expect(readDay("2026-02-28")).toBe("2026-02-28");
    expect(startOfDay("2026-02-28")).toBe(new Date(2026, 1, 28).toISOString());
    expect(startOfDay("2026-02-28", 1)).toBe(new Date(2026, 2, 1).toISOString());
    expect(startOfDay(undefined)).toBeNull();
  });
});
