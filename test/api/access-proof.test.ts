import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startMigration, untilEnded } from "../kit/migration-flow.ts";
import { query } from "../kit/query.ts";
import { startTestServer, type TestServer } from "../kit/server.ts";
import { makeWorld, until, uploadSamples, type World } from "../kit/world.ts";

interface Proof {
  verdict: string;
  gained: number;
  lost: number;
  unexplained: number;
  unexplainedPeople: number;
  unexplainedExamples: string[];
  current: boolean;
  csvUrl: string;
  causes: {
    cause: string | null;
    explainedBy: string | null;
    change: string;
    entries: number;
    people: number;
  }[];
}

interface Differences {
  totalCount: number | null;
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  edges: { node: { email: string; resource: string; change: string; explainedBy: string | null } }[];
}

let server: TestServer;
let world: World;
let migrationId: string;

beforeAll(async () => {
  server = await startTestServer({}, { I1: "a fault is planted" });
  world = await makeWorld(server);
  await uploadSamples(world);
  migrationId = await startMigration(world);
  await untilEnded(world.admin, migrationId);
}, 60_000);

afterAll(async () => {
  await server?.stop();
});

async function readProof(): Promise<Proof> {
  const data = await world.admin.query<{ migration: { proof: Proof } }>(
    `query Proof($id: ID!) { migration(id: $id) { proof {
       verdict gained lost unexplained unexplainedPeople unexplainedExamples current csvUrl
       causes { cause explainedBy change entries people } } } }`,
    { id: migrationId },
  );
  return data.migration.proof;
}

async function readDifferences(
  filter: object = {},
  first = 100,
  after: string | null = null,
): Promise<Differences> {
  const data = await world.admin.query<{ migration: { accessDifferences: Differences } }>(
    `query Differences($id: ID!, $filter: AccessDifferenceFilter, $first: Int, $after: String) {
       migration(id: $id) { accessDifferences(filter: $filter, first: $first, after: $after) {
         totalCount pageInfo { hasNextPage endCursor } edges { node { email resource change explainedBy } } } } }`,
    { id: migrationId, filter, first, after },
  );
  return data.migration.accessDifferences;
}

async function readAll(size: number): Promise<string[]> {
  const lines: string[] = [];
  let after: string | null = null;
  for (;;) {
    const page: Differences = await readDifferences({}, size, after);
    lines.push(
      ...page.edges.map(
        ({ node }) => `${node.email},${node.resource},reach,${node.change.toLowerCase()},${node.explainedBy}`,
      ),
    );
    after = page.pageInfo.endCursor;
    if (!page.pageInfo.hasNextPage) {
      return lines;
    }
  }
}

async function readCsv(url: string): Promise<string[]> {
  const response = await world.admin.fetch(url);
  expect(response.headers.get("content-type")).toContain("text/csv");
  return (await response.text()).trim().split("\r\n");
}

describe("the access proof of an ended run", () => {
  it("passes, and its causes add up to its sums", async () => {
    const proof = await readProof();
    expect(proof).toMatchObject({ verdict: "PASSED", unexplained: 0, unexplainedPeople: 0, current: true });
    const sum = (change: string) =>
      proof.causes
        .filter((cause) => cause.change === change)
        .reduce((total, { entries }) => total + entries, 0);
    expect(sum("GAINED")).toBe(proof.gained);
    expect(sum("LOST")).toBe(proof.lost);
    expect(proof.gained).toBeGreaterThan(0);
  });

  it("lists the same differences in pages of any size as AccessProof.csv", async () => {
    const proof = await readProof();
    const lines = await readAll(7);
    expect(lines).toHaveLength(proof.gained + proof.lost);
    expect(await readAll(100)).toEqual(lines);
    const [header, ...rows] = await readCsv(proof.csvUrl);
    expect(header).toBe("Email,Resource,Permission,Change,Explained by");
    expect(rows).toEqual(lines);
  });

  it("filters by change, cause and text, with a count where it has one", async () => {
    const proof = await readProof();
    const lost = await readDifferences({ change: "LOST" });
    expect(lost.totalCount).toBe(proof.lost);
    expect(new Set(lost.edges.map(({ node }) => node.change))).toEqual(new Set(["LOST"]));
    const duplicates = await readDifferences({ cause: "DUPLICATE" });
    expect(duplicates.totalCount).toBe(proof.lost);
    const dmurphy = await readDifferences({ text: " DMurphy@XYZ " });
    expect(dmurphy.totalCount).toBeNull();
    expect(new Set(dmurphy.edges.map(({ node }) => node.email))).toEqual(new Set(["dmurphy@xyz.com"]));
    const request = await readDifferences({ text: "request ship-2" });
    expect(request.edges.map(({ node }) => node.resource)).toContain("request SHIP-2");
    expect((await readDifferences({ explained: false })).edges).toEqual([]);
  });

  it("fails by itself when access changed behind the run, and says so in the list and the events", async () => {
    const em = server.database.orm.em.fork();
    await query(
      em,
      "update portal_customer set active = false where id = (select id from migration_item where effect = 'CREATE' order by email limit 1)",
    );
    await query(em, "update migration set access_version = access_version + 1 where id = $1", [migrationId]);
    await until(async () => (await readProof()).verdict === "FAILED");
    const proof = await readProof();
    expect(proof.unexplainedPeople).toBe(1);
    const wrong = await readDifferences({ explained: false });
    expect(wrong.totalCount).toBe(proof.unexplained);
    expect(wrong.edges).toHaveLength(proof.unexplained);
    expect(new Set(wrong.edges.map(({ node }) => node.email))).toEqual(new Set(proof.unexplainedExamples));
    const { migration } = await world.admin.query<{
      migration: {
        lastResult: string;
        events: { type: string; summary: string }[];
        accessProof: { sample: { explainedBy: string | null }[] };
      };
    }>(
      `query Told($id: ID!) { migration(id: $id) { lastResult events(first: 1) { type summary } accessProof { sample { explainedBy } } } }`,
      {
        id: migrationId,
      },
    );
    expect(migration.lastResult).toMatch(/Access proof failed: \d+ unexplained$/);
    expect(migration.events).toEqual([
      { type: "PROOF_FAILED", summary: expect.stringContaining(proof.unexplainedExamples[0] ?? "-") },
    ]);
    expect(migration.accessProof.sample[0]?.explainedBy).toBeNull();
  });

  it("is downloaded by nobody of another organization", async () => {
    const { csvUrl } = await readProof();
    const other = await makeWorld(server, "Globex");
    expect((await other.admin.fetch(csvUrl)).status).toBe(404);
    expect((await server.anonymous().fetch(csvUrl)).status).toBe(401);
  });
});
