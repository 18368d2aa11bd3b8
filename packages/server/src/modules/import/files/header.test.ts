import { describe, expect, test } from "vitest";
import { CellFinder, matchHeader } from "./header.ts";
import type { HeaderMapping } from "./header.ts";

const summarize = ({ columns }: HeaderMapping): string[] =>
  columns.map(({ header, field, matchedBy }) => `${header}: ${field ?? "-"} (${matchedBy})`);

describe("matchHeader", () => {
  test("finds the documented columns of a customers file", () => {
    const header = [
      "email",
      "name",
      "account type",
      "customer role",
      "projects",
      "organizations",
      "active",
      "kind",
    ];
    expect(matchHeader(header, ",")).toEqual({
      fileKind: "CUSTOMERS",
      isCorrection: false,
      delimiter: ",",
      columns: [
        { header: "email", index: 0, field: "email", matchedBy: "exact" },
        { header: "name", index: 1, field: "name", matchedBy: "exact" },
        { header: "account type", index: 2, field: "accountType", matchedBy: "exact" },
        { header: "customer role", index: 3, field: "customerRole", matchedBy: "exact" },
        { header: "projects", index: 4, field: "projects", matchedBy: "exact" },
        { header: "organizations", index: 5, field: "organizations", matchedBy: "exact" },
        { header: "active", index: 6, field: "active", matchedBy: "exact" },
        { header: "kind", index: 7, field: "kind", matchedBy: "exact" },
      ],
    });
  });

  test("finds the columns of the form with account ids", () => {
    const mapping = matchHeader(["Account Id", "Email", "Display Name", "Projects", "Organizations"], ";");
    expect(mapping).toMatchObject({ fileKind: "CUSTOMERS", delimiter: ";" });
    expect(summarize(mapping)).toEqual([
      "Account Id: accountId (exact)",
      "Email: email (exact)",
      "Display Name: name (synonym)",
      "Projects: projects (exact)",
      "Organizations: organizations (exact)",
    ]);
  });

  test("finds the columns of a requests file", () => {
    const header = [
      "key",
      "project",
      "reporter email",
      "reporter account type",
      "participants",
      "summary",
      "created",
    ];
    const mapping = matchHeader(header, ",");
    expect(mapping.fileKind).toBe("REQUESTS");
    expect(mapping.columns.map(({ field }) => field)).toEqual([
      "key",
      "project",
      "reporterEmail",
      "reporterAccountType",
      "participants",
      "summary",
      "created",
    ]);
  });

  test("finds the columns of a projects file", () => {
    const mapping = matchHeader(["Project Key", "Project  Name", "Access"], "\t");
    expect(mapping.fileKind).toBe("PROJECTS");
    expect(summarize(mapping)).toEqual([
      "Project Key: key (synonym)",
      "Project  Name: name (synonym)",
      "Access: access (exact)",
    ]);
  });

  test("keeps unknown columns and reads nothing from them", () => {
    const mapping = matchHeader(["email", "shoe size", "account type", ""], ",");
    expect(summarize(mapping)).toEqual([
      "email: email (exact)",
      "shoe size: - (none)",
      "account type: accountType (exact)",
      ": - (none)",
    ]);
  });

  test("gives a field to the exact name, or else to the first synonym", () => {
    expect(summarize(matchHeader(["mail", "e-mail", "account type"], ","))).toEqual([
      "mail: email (synonym)",
      "e-mail: - (none)",
      "account type: accountType (exact)",
    ]);
    expect(summarize(matchHeader(["mail", "account type", "email"], ","))).toContain("mail: - (none)");
  });

  test("puts a person's choice first", () => {
    const choices = [
      { header: " CONTACT ", field: "email" },
      { header: "kind", field: null },
    ];
    expect(
      summarize(matchHeader(["email", "contact", "account type", "kind"], ",", "CUSTOMERS", choices)),
    ).toEqual([
      "email: - (none)",
      "contact: email (user)",
      "account type: accountType (exact)",
      "kind: - (user)",
    ]);
  });

  test("a person's choice can tell what the file lists", () => {
    const choices = [{ header: "visibility", field: "access" }];
    expect(matchHeader(["key", "visibility"], ",", undefined, choices).fileKind).toBe("PROJECTS");
  });

  test.each([
    [["email", "account type", "Error"], true],
    [["email", "account type", " ERROR "], true],
    [["Error", "email", "account type"], false],
    [["email", "account type", "Errors"], false],
  ])("tells from %j whether it is a corrected Failed.csv", (header, isCorrection) => {
    expect(matchHeader(header, ",").isCorrection).toBe(isCorrection);
  });
});

describe("CellFinder", () => {
  test("knows columns by field and by the file's own header", () => {
    const finder = new CellFinder(matchHeader(["E-Mail", "account type"], ","));
    expect([finder.indexOf("email"), finder.indexOf("accountType"), finder.indexOf("name")]).toEqual([
      0, 1, -1,
    ]);
    expect([finder.headerOf("email"), finder.headerOf("name")]).toEqual(["E-Mail", "name"]);
    expect(finder.indexOf("__proto__")).toBe(-1);
  });
});
