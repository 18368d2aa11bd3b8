import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestServer, type TestServer } from "../kit/server.ts";
import type { ApiClient } from "../kit/api-client.ts";
import { startMigration, stateOf, untilEnded } from "../kit/migration-flow.ts";
import { downloadReport, type Report } from "../kit/report.ts";
import { makePerson, makeWorld, readSample, until, uploadSamples, type World } from "../kit/world.ts";

interface Access {
  viewer: {
    access: {
      projects: { key: string; reachable: boolean }[];
      requests: { key: string; reachable: boolean }[];
    };
  };
}

let server: TestServer;
let world: World;
let jsmith: ApiClient;
let dmurphy: ApiClient;
let migrationId: string;

async function reach(person: ApiClient, site: string): Promise<{ projects: string[]; requests: string[] }> {
  const { viewer } = await person.query<Access>(
    `query Access($site: String!) {
       viewer { access(siteUrlName: $site) { projects { key reachable } requests { key reachable } } }
     }`,
    { site },
  );
  const reachable = (list: { key: string; reachable: boolean }[]): string[] =>
    list
      .filter((entry) => entry.reachable)
      .map((entry) => entry.key)
      .sort();
  return { projects: reachable(viewer.access.projects), requests: reachable(viewer.access.requests) };
}

function sums(report: Report): Record<string, number> {
  return Object.fromEntries(
    (report["Summary.csv"] ?? []).map((row) => [row.Outcome ?? "", Number(row.Count)]),
  );
}

beforeAll(async () => {
  server = await startTestServer();
  world = await makeWorld(server);
  await makePerson(server, "jsmith@abc.com");
  await makePerson(server, "dmurphy@xyz.com");
  jsmith = await server.signIn("jsmith@abc.com");
  dmurphy = await server.signIn("dmurphy@xyz.com");
  await uploadSamples(world);
  migrationId = await startMigration(world);
});

afterAll(async () => {
  await server?.stop();
});

describe("copying the customers of the tour", () => {
  it("ends with people who require attention, and both named people out of reach", async () => {
    expect(await untilEnded(world.admin, migrationId)).toBe("COMPLETED_WITH_ATTENTION");
    expect(await reach(jsmith, world.destination.urlName)).toEqual({ projects: [], requests: [] });
    expect((await reach(dmurphy, world.destination.urlName)).requests).toEqual([]);
  });

  it("reports every row of the input exactly once", async () => {
    const report = await downloadReport(world.admin, migrationId);
    const input = readSample("source-customers.csv").trim().split("\r\n").length - 1;
    const counts = sums(report);
    expect(counts["Total rows"]).toBe(input);
    expect(counts.Successful).toBe(report["Successful.csv"]?.length);
    expect(counts["Requires attention"]).toBe(report["RequiresAttention.csv"]?.length);
    expect(counts.Failed).toBe(report["Failed.csv"]?.length);
    expect((counts.Successful ?? 0) + (counts["Requires attention"] ?? 0) + (counts.Failed ?? 0)).toBe(input);
  });

  it("names the group and the duplicate in RequiresAttention.csv", async () => {
    const rows = (await downloadReport(world.admin, migrationId))["RequiresAttention.csv"] ?? [];
    expect(rows.find((row) => row.Email === "jsmith@abc.com")).toMatchObject({
      "Source account type": "Portal-only",
      "Destination account type": "Atlassian account",
      "Account type after copying": "Atlassian account",
      "Next step": expect.stringMatching(/^Review group to assign Customer role: .*MR-1/),
    });
    expect(rows.find((row) => row.Email === "dmurphy@xyz.com")).toMatchObject({
      "Source account type": "Atlassian account",
      "Destination account type": "Portal-only",
      "Account type after copying": "Portal-only and Atlassian account",
      Problem: "Found duplicate accounts on destination",
      "Next step": "Upgrade portal-only account to Atlassian account",
    });
  });

  const readProof = async (): Promise<{ unexplained: number; gained: number }> => {
    const data = await world.admin.query<{
      migration: { accessProof: { unexplained: number; gained: number } };
    }>(`query Proof($id: ID!) { migration(id: $id) { accessProof { unexplained gained } } }`, {
      id: migrationId,
    });
    return data.migration.accessProof;
  };
  let gainedByTheRun = 0;

  it("explains every change of access", async () => {
    const proof = await readProof();
    expect(proof.unexplained).toBe(0);
    expect(proof.gained).toBeGreaterThan(0);
    gainedByTheRun = proof.gained;
  });

  it("gives jsmith the project when the group is approved", async () => {
    const { migration } = await world.admin.query<{
      migration: { importedGroup: { id: string; pendingCount: number } };
    }>(`query Group($id: ID!) { migration(id: $id) { importedGroup { id pendingCount } } }`, {
      id: migrationId,
    });
    const answer = await world.admin.query<{ approveGroup: { __typename: string; message?: string } }>(
      `mutation Approve($input: ApproveGroupInput!) { approveGroup(input: $input) { __typename ... on Refused { message } } }`,
      {
        input: { groupId: migration.importedGroup.id, expectedPending: migration.importedGroup.pendingCount },
      },
    );
    expect(answer.approveGroup).toEqual({ __typename: "ImportedGroupResult" });
    expect((await reach(jsmith, world.destination.urlName)).projects).toContain("SHIP");
  });

  it("gives dmurphy the earlier requests when the duplicate is upgraded", async () => {
    const { migration } = await world.admin.query<{
      migration: { items: { edges: { node: { id: string } }[] } };
    }>(
      `query Duplicate($id: ID!) {
         migration(id: $id) { items(filter: { search: "dmurphy@xyz.com", openAttention: true }) { edges { node { id } } } }
       }`,
      { id: migrationId },
    );
    const [edge] = migration.items.edges;
    const answer = await world.admin.query<{ upgradeDuplicates: { __typename: string; upgraded?: number } }>(
      `mutation Upgrade($input: UpgradeDuplicatesInput!) {
         upgradeDuplicates(input: $input) { __typename ... on UpgradeSuccess { upgraded } ... on Refused { message } }
       }`,
      { input: { migrationId, itemId: edge?.node.id, expectedCount: 1 } },
    );
    expect(answer.upgradeDuplicates).toEqual({ __typename: "UpgradeSuccess", upgraded: 1 });
    const requests = (await reach(dmurphy, world.destination.urlName)).requests;
    expect(requests).toEqual(expect.arrayContaining(["CLAIM-1", "SHIP-2"]));
  });

  it("computes the proof again by itself, with what was approved and upgraded explained", async () => {
    await until(async () => (await readProof()).gained > gainedByTheRun);
    expect((await readProof()).unexplained).toBe(0);
  });

  it("has settled rows in the report taken afterwards, and the sums still equal the input", async () => {
    const report = await downloadReport(world.admin, migrationId);
    const emails = (report["RequiresAttention.csv"] ?? []).map((row) => row.Email);
    expect(emails).not.toContain("jsmith@abc.com");
    expect(emails).not.toContain("dmurphy@xyz.com");
    const counts = sums(report);
    expect((counts.Successful ?? 0) + (counts["Requires attention"] ?? 0) + (counts.Failed ?? 0)).toBe(
      counts["Total rows"],
    );
    expect(await stateOf(world.admin, migrationId)).toBe("COMPLETED_WITH_ATTENTION");
  });
});
