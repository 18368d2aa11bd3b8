import { afterAll, beforeAll, expect, test } from "vitest";
import { customersCsv, demoOrganizations, seedDemo } from "../../packages/server/src/modules/demo/index.ts";
import { copyCustomers } from "../../packages/server/src/modules/migration/kinds/copy-customers/copy-customers.kind.ts";
import { withoutEngine } from "../kit/database.ts";
import { makeMigration } from "../kit/factories.ts";
import { classifyRows } from "./classify.ts";
import { openWorld, type World } from "./demo-world.ts";
import { readRows } from "./read-demo.ts";

const customers = 1200;

interface SiteRow {
  id: string;
  organizationId: string;
}

/** The plan's words for what this folder's own reading of the rows calls otherwise. */
const destinationWords: Record<string, string> = {
  NOTHING: "nothing",
  PORTAL_ONLY: "portal-only",
  ACCOUNT_WITH_ROLE: "account with the role",
  ACCOUNT_WITHOUT_ROLE: "account without the role",
  BOTH: "both",
  INACTIVE: "inactive",
  MANAGED_ELSEWHERE: "managed elsewhere",
};
const problemWords: Record<string, string> = {
  DISTRIBUTION_LIST: "list",
  BOT: "bot",
  INVALID_EMAIL: "invalid",
  UNSUPPORTED_ADDRESS: "unsupported",
  BAD_ROW: "bad value",
  DUPLICATE_ROW: "second row or type",
  INACTIVE_ON_SOURCE: "inactive",
};

let world: World;

beforeAll(async () => {
  world = await openWorld(withoutEngine);
  await seedDemo(world.deps, { customers });
});
afterAll(() => world.close());

async function findSite(urlName: string): Promise<SiteRow> {
  const sql = `select id, organization_id as "organizationId" from site where url_name = $1`;
  const [site] = await world.rows<SiteRow>(sql, [urlName]);
  if (site === undefined) throw new Error(`No site ${urlName}`);
  return site;
}

function add(counts: Map<string, number>, cell: string, count: number): void {
  counts.set(cell, (counts.get(cell) ?? 0) + count);
}

/** Counts by cell, read off the two files. */
async function countRows(): Promise<Map<string, number>> {
  const rows = classifyRows(
    await readRows(customersCsv("source", { customers })),
    await readRows(customersCsv("destination", { customers })),
    demoOrganizations[1]?.domains ?? [],
  );
  const counts = new Map<string, number>();
  for (const { source, destination } of rows) {
    const word = source
      .replace(/^second (row|type)$/, "second row or type")
      .replace(/^inactive .*/, "inactive");
    add(counts, destination === "" ? word : `${source} × ${destination}`, 1);
  }
  return counts;
}

test("the plan of the demo has in every cell as many people as its files say", async () => {
  const [source, destination] = [await findSite("northwind-support"), await findSite("northwind-help")];
  const em = world.deps.fork();
  const migration = await makeMigration(em, { source, destination });
  const summary = await copyCustomers.plan(em, {
    migrationId: migration.id,
    number: 1,
    organizationId: destination.organizationId,
    sourceSiteId: source.id,
    destinationSiteId: destination.id,
    options: { allCustomers: true, projectKeys: [] },
  });
  const planned = new Map<string, number>();
  for (const row of summary.rows) {
    const type = row.sourceType === "ATLASSIAN_ACCOUNT" ? "account" : "portal-only";
    const cell = `${type} × ${destinationWords[row.destinationState] ?? row.destinationState}`;
    add(planned, problemWords[row.problem ?? ""] ?? cell, row.count);
  }
  expect(summary.totalItems).toBe(customers);
  expect([...planned].toSorted()).toEqual([...(await countRows())].toSorted());
});
