import { createHash } from "node:crypto";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, test } from "vitest";
import {
  countDemo,
  customersCsv,
  projectsCsv,
  requestsCsv,
  type SiteRole,
} from "../../packages/server/src/modules/demo/index.ts";
import { canonicalizeEmail } from "../../packages/server/src/modules/directory/canonical-email.ts";
import { readRows, readText } from "./read-demo.ts";

const sites: SiteRole[] = ["source", "destination", "other"];
const files = { customersCsv, requestsCsv, projectsCsv };

async function digestOf(options: { customers?: number; seed?: number }): Promise<string> {
  const hash = createHash("sha256");
  for (const write of Object.values(files)) {
    for (const site of sites) for await (const block of write(site, options)) hash.update(block);
  }
  return hash.digest("hex");
}

describe("the same size and seed", () => {
  test("give the same bytes, another seed other ones", async () => {
    const digest = await digestOf({ customers: 3000 });
    expect(await digestOf({ customers: 3000 })).toBe(digest);
    expect(await digestOf({ customers: 3000, seed: 1 })).not.toBe(digest);
  });

  test("give the same files when read side by side", async () => {
    const [first, second] = [
      customersCsv("source", { customers: 2000 }),
      customersCsv("source", { customers: 2000 }),
    ];
    let one = "";
    let other = "";
    for (;;) {
      const [a, b] = [await first.next(), await second.next()];
      if (a.done === true || b.done === true) break;
      one += a.value;
      other += b.value;
    }
    expect(one).toBe(other);
    expect(one).toBe(await readText(customersCsv("source", { customers: 2000 })));
  });
});

describe("the customers of the source", () => {
  test.each([1, 2, 3, 7, 45, 46, 47, 100, 999, 5000, 5001])(
    "are %i rows when asked for",
    async (customers) => {
      expect(await readRows(customersCsv("source", { customers }))).toHaveLength(customers);
      await expect(readRows(requestsCsv("destination", { customers }))).resolves.not.toHaveLength(0);
      await expect(readRows(customersCsv("other", { customers }))).resolves.not.toHaveLength(0);
    },
  );

  test.each([0, -1, 1.5, Number.NaN, 10_000_001])("cannot be %d", (customers) => {
    expect(() => customersCsv("source", { customers })).toThrow(/1 to 10,000,000 customers/);
  });

  test("are all different people, but for the rows meant to repeat one", async () => {
    const rows = await readRows(customersCsv("source", { customers: 40_000 }));
    const seen = new Map<string, number>();
    for (const row of rows) {
      const judged = canonicalizeEmail(row.email ?? "");
      const email = judged.status === "ok" ? judged.email : (row.email ?? "");
      seen.set(email, (seen.get(email) ?? 0) + 1);
    }
    const repeated = rows.length - seen.size;
    expect(repeated).toBeGreaterThan(60);
    expect(repeated).toBeLessThan(250);
  });

  test("have diverse names, some with accents, commas or none", async () => {
    const rows = await readRows(customersCsv("source", { customers: 5000 }));
    const names = rows.map((row) => row.name ?? "");
    expect(new Set(names).size).toBeGreaterThan(4800);
    expect(names.filter((name) => /\P{ASCII}/u.test(name)).length).toBeGreaterThan(500);
    expect(names.filter((name) => name.includes(", ")).length).toBeGreaterThan(50);
    expect(names.filter((name) => name === "").length).toBeGreaterThan(10);
    expect(new Set(rows.map((row) => row.organizations)).size).toBeGreaterThan(300);
  });

  test("have addresses of .example domains, apart from the two of the tour", async () => {
    const rows = await readRows(customersCsv("source", { customers: 5000 }));
    const real = rows.filter((row) => canonicalizeEmail(row.email ?? "").status === "ok");
    const elsewhere = real.filter((row) => !/\.example$/i.test(row.email ?? ""));
    expect(elsewhere.map((row) => row.email).toSorted()).toEqual(["dmurphy@xyz.com", "jsmith@abc.com"]);
  });
});

describe("service projects", () => {
  test("differ between source and destination in one key and one access", async () => {
    const source = await readRows(projectsCsv("source"));
    const destination = new Map((await readRows(projectsCsv("destination"))).map((row) => [row.key, row]));
    const missing = source.filter((row) => !destination.has(row.key));
    const different = source.filter(
      (row) => destination.has(row.key) && destination.get(row.key)?.access !== row.access,
    );
    expect(missing.map((row) => row.key)).toEqual(["FLEET"]);
    expect(different.map((row) => row.key)).toEqual(["RET"]);
  });

  test.each(sites)("of the %s site are five to seven, open and restricted", async (site) => {
    const rows = await readRows(projectsCsv(site));
    expect(rows.length).toBeGreaterThanOrEqual(5);
    expect(rows.length).toBeLessThanOrEqual(7);
    expect(new Set(rows.map((row) => row.access))).toEqual(new Set(["open", "restricted"]));
  });
});

describe("requests", () => {
  test("are two for five customers, with keys counted up and dates in order", async () => {
    const rows = await readRows(requestsCsv("source", { customers: 5000 }));
    expect(rows).toHaveLength(2000);
    expect(countDemo({ customers: 5000 }).requests.source).toBe(2000);
    expect(new Set(rows.map((row) => row.key)).size).toBe(2000);
    const created = rows.map((row) => row.created ?? "");
    expect(created).toEqual(created.toSorted());
    expect(rows.filter((row) => row.participants !== "").length).toBeGreaterThan(200);
  });

  test.each(sites)(
    "of the %s site name its projects and customers, but for people who left",
    async (site) => {
      const keys = new Set((await readRows(projectsCsv(site))).map((row) => row.key));
      const customers = await readRows(customersCsv(site, { customers: 5000 }));
      const known = new Map<string, Set<string>>();
      for (const row of customers) {
        const types = known.get(row.email ?? "") ?? new Set();
        known.set(row.email ?? "", types.add(row["account type"] ?? ""));
      }
      const rows = await readRows(requestsCsv(site, { customers: 5000 }));
      expect(rows.filter((row) => !keys.has(row.project))).toEqual([]);
      const strangers = rows.filter((row) => !known.has(row["reporter email"] ?? ""));
      expect(strangers.length).toBeLessThan(rows.length * 0.02);
      for (const row of rows.filter((request) => !strangers.includes(request))) {
        const types = known.get(row["reporter email"] ?? "") ?? new Set();
        const type = row["reporter account type"] ?? "";
        // Without a type there must be only one to mean.
        expect(type === "" ? types.size === 1 : types.has(type)).toBe(true);
        for (const email of (row.participants ?? "").split("|").filter((text) => text !== "")) {
          expect(known.has(email)).toBe(true);
          expect(email).not.toBe(row["reporter email"]);
        }
      }
    },
  );

  test("of both types stand at the destination for people who have both", async () => {
    const rows = await readRows(requestsCsv("destination", { customers: 20_000 }));
    const types = new Map<string, Set<string>>();
    for (const row of rows) {
      const email = row["reporter email"] ?? "";
      types.set(email, (types.get(email) ?? new Set()).add(row["reporter account type"] ?? ""));
    }
    expect([...types.values()].some((set) => set.has("portal-only") && set.has("Atlassian account"))).toBe(
      true,
    );
  });

  test("of dmurphy were raised at the destination as portal-only, two or three of them", async () => {
    for (const customers of [2, 46, 5000]) {
      const rows = await readRows(requestsCsv("destination", { customers }));
      const own = rows.filter((row) => row["reporter email"] === "dmurphy@xyz.com");
      expect(own).toHaveLength(3);
      expect(own.every((row) => row["reporter account type"] === "portal-only")).toBe(true);
    }
  });
});

test("progress ends at the total of each file", async () => {
  const seen: [number, number][] = [];
  for await (const block of customersCsv("source", {
    customers: 5000,
    onProgress: (done, total) => seen.push([done, total]),
  })) {
    expect(block.length).toBeGreaterThan(0);
  }
  expect(seen.length).toBeGreaterThan(3);
  expect(seen.map(([done]) => done)).toEqual(seen.map(([done]) => done).toSorted((a, b) => a - b));
  expect(seen.at(-1)).toEqual([5000, 5000]);
});

test("memory stays flat while 300,000 rows are written", async () => {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const held: number[] = [];
  let rows = 0;
  for await (const block of customersCsv("source", { customers: 300_000 })) {
    rows += block.split("\r\n").length - 1;
    if (rows < held.length * 50_000) continue;
    collectGarbage();
    held.push(process.memoryUsage().heapUsed);
  }
  expect(rows).toBe(300_001);
  expect(held.length).toBe(7);
  // From 50,000 rows on; the file is 28 MB, so holding even its bare text would show.
  expect((held.at(-1) ?? 0) - (held[1] ?? 0)).toBeLessThan(3 * 1024 * 1024);
});
