import { describe, expect, it } from "vitest";
import {
  readItemSearch,
  readMigrationSearch,
  readMigrationsSearch,
  readNewMigrationSearch,
} from "./search-params.ts";

describe("search params", () => {
  it("drops values the server does not know", () => {
    expect(readMigrationsSearch({ state: "EXPLODED", search: "" })).toEqual({});
    expect(readItemSearch({ problem: "BOT", effect: "constructor", outcome: 4 })).toEqual({ problem: "BOT" });
    expect(readMigrationSearch({ tab: "secrets" }).tab).toBeUndefined();
  });

  it("takes a search that looks like a number", () => {
    expect(readMigrationsSearch({ search: 42 }).search).toBe("42");
  });

  it("keeps a page only together with its cursor", () => {
    expect(readItemSearch({ page: 3 })).toEqual({});
    expect(readItemSearch({ page: 3, after: "abc" })).toEqual({ page: 3, after: "abc" });
    expect(readItemSearch({ page: -1, after: "abc" })).toEqual({});
  });

  it("goes back to the first step when a site is missing", () => {
    expect(readNewMigrationSearch({ step: 3, from: "a" }).step).toBeUndefined();
    expect(readNewMigrationSearch({ step: 3, from: "a", to: "b" }).step).toBe(3);
  });
});
