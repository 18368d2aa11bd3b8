import { beforeAll, describe, expect, test } from "vitest";
import { customersCsv, demoOrganizations } from "../../packages/server/src/modules/demo/index.ts";
import { classifyRows, type Classified } from "./classify.ts";
import { readRows, type Row } from "./read-demo.ts";

const managedDomains = demoOrganizations[1]?.domains ?? [];
const destinationStates = [
  "nothing",
  "portal-only",
  "account with the role",
  "account without the role",
  "both",
  "inactive",
  "managed elsewhere",
];
const cells = [
  ...["portal-only", "account"].flatMap((source) => destinationStates.map((state) => `${source} × ${state}`)),
  ...["list", "bot", "invalid", "unsupported", "bad value", "second row", "second type"].map(
    (word) => `${word} × `,
  ),
  "inactive portal-only × ",
  "inactive account × ",
];

let source: Row[];
let destination: Row[];
let classified: Classified[];
let counts: Map<string, number>;

async function classifyDemo(customers: number): Promise<void> {
  source = await readRows(customersCsv("source", { customers }));
  destination = await readRows(customersCsv("destination", { customers }));
  classified = classifyRows(source, destination, managedDomains);
  counts = new Map();
  for (const row of classified) {
    const cell = `${row.source} × ${row.destination}`;
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
}

function share(test: (row: Classified) => boolean): number {
  return classified.filter(test).length / classified.length;
}

function classOf(email: string): Classified | undefined {
  return classified[source.findIndex((row) => row.email === email)];
}

describe("a demo of the usual size", () => {
  beforeAll(() => classifyDemo(5000));

  test.each(cells)("has people in %s", (cell) => {
    expect(counts.get(cell) ?? 0).toBeGreaterThan(0);
  });

  test("has no cell beyond the outcome table", () => {
    expect([...counts.keys()].filter((cell) => !cells.includes(cell))).toEqual([]);
  });

  test("has the shares of a believable customer list", () => {
    const plain = (state: string) =>
      share((row) => row.source === "portal-only" && row.destination === state);
    expect(plain("nothing")).toBeCloseTo(0.72, 1);
    expect(plain("portal-only")).toBeCloseTo(0.12, 1);
    expect(share((row) => row.source === "account")).toBeCloseTo(0.085, 1);
    const bad = ["list", "bot", "invalid", "bad value", "second row", "second type"];
    expect(share((row) => bad.includes(row.source))).toBeGreaterThan(0.005);
    expect(share((row) => bad.includes(row.source))).toBeLessThan(0.02);
  });

  test("leaves some hundred people requiring attention", () => {
    const fine = new Set(
      ["nothing", "portal-only", "account with the role"].map((state) => `portal-only × ${state}`),
    ).add("account × account with the role");
    const failed = ["list", "bot", "invalid", "bad value", "second row", "second type"];
    const attention = classified.filter(
      (row) => !fine.has(`${row.source} × ${row.destination}`) && !failed.includes(row.source),
    );
    expect(attention.length).toBeGreaterThan(300);
    expect(attention.length).toBeLessThan(900);
  });

  test("has the two people of the tour as told", () => {
    expect(classOf("jsmith@abc.com")).toEqual({
      source: "portal-only",
      destination: "account without the role",
    });
    expect(classOf("dmurphy@xyz.com")).toEqual({ source: "account", destination: "portal-only" });
  });

  test("writes some addresses in another way at the destination", () => {
    const exact = new Set(destination.map((row) => row.email));
    const respelled = source.filter(
      (row, at) => classified[at]?.destination === "portal-only" && !exact.has(row.email),
    );
    expect(respelled.length).toBeGreaterThan(20);
    expect(respelled.some((row) => row.email?.includes("grüner-spedition"))).toBe(true);
  });

  test("has a look-alike whose twin is an account at the destination and stays somebody else", () => {
    const at = source.findIndex((row) => /mеridian/.test(row.email ?? ""));
    expect(classified[at]).toEqual({ source: "portal-only", destination: "nothing" });
    const twin = source[at]?.email?.replace("е", "e");
    expect(destination.filter((row) => row.email === twin)).toHaveLength(1);
    expect(source.filter((row) => row.email === twin)).toEqual([]);
  });

  test("has customers whose domain is managed elsewhere but who have no account at the destination", () => {
    const managed = classified.filter((_, at) => source[at]?.email?.endsWith("@halden-research.example"));
    expect(new Set(managed.map((row) => row.destination))).toEqual(
      new Set(["nothing", "portal-only", "managed elsewhere"]),
    );
  });
});

describe("the smallest demo that goes through the outcome table", () => {
  beforeAll(() => classifyDemo(46));

  test.each(cells)("has people in %s", (cell) => {
    expect(counts.get(cell) ?? 0).toBeGreaterThan(0);
  });
});
