import { describe, expect, test } from "vitest";
import {
  accessProofSample,
  summarizeAccess,
} from "../../../packages/server/src/modules/access-proof/index.ts";
import { makeProject, makeRequest } from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { copy, type CopyWorld, makeCopyWorld, useDatabase } from "./copy-world.ts";
import { addProofPeople } from "./people.ts";
import { allChanges, entry } from "./proof-entries.ts";

const database = useDatabase();

describe("a planted fault is unexplained", () => {
  type Fault = (world: CopyWorld, people: Awaited<ReturnType<typeof addProofPeople>>) => Promise<unknown>;
  const portalOf = "(select id from portal_customer where site_id = $1 and email = $2)";
  const faults: [string, "gained" | "lost", string, string, Fault][] = [
    [
      "somebody waiting gets the role by the back door",
      "gained",
      "waiting",
      "project OPEN",
      ({ em, destination }, { waiting }) =>
        query(em, "update site_account set customer_role = true where site_id = $1 and account_id = $2", [
          destination.id,
          waiting.id,
        ]),
    ],
    [
      "a linked person is on a list that was not carried",
      "gained",
      "linked",
      "project TOP",
      async (world) => {
        const top = await makeProject(world.em, world.destination.id, { key: "TOP", access: "RESTRICTED" });
        await query(
          world.em,
          `insert into project_customer (project_id, portal_customer_id) values ($3, ${portalOf})`,
          [world.destination.id, world.mail("linked"), top.id],
        );
      },
    ],
    [
      "a created person is on a list that was not carried",
      "gained",
      "created",
      "project TOP",
      async (world) => {
        const top = await makeProject(world.em, world.destination.id, { key: "TOP", access: "RESTRICTED" });
        await query(
          world.em,
          `insert into project_customer (project_id, portal_customer_id) values ($3, ${portalOf})`,
          [world.destination.id, world.mail("created"), top.id],
        );
      },
    ],
    [
      "an unchanged person gets the role",
      "gained",
      "unchanged",
      "project OPEN",
      ({ em, destination }, { unchanged }) =>
        query(em, "update site_account set customer_role = true where site_id = $1 and account_id = $2", [
          destination.id,
          unchanged.id,
        ]),
    ],
    [
      "a linked person is deactivated",
      "lost",
      "linked",
      "project OPEN",
      (world) =>
        query(world.em, "update portal_customer set active = false where site_id = $1 and email = $2", [
          world.destination.id,
          world.mail("linked"),
        ]),
    ],
    [
      "a created person gets somebody's request",
      "gained",
      "created",
      "request OPEN-1",
      async (world) => {
        const request = await makeRequest(world.em, world.destinationProjects.OPEN, { key: "OPEN-1" });
        await query(world.em, `update request set reporter_portal_customer_id = ${portalOf} where id = $3`, [
          world.destination.id,
          world.mail("created"),
          request.id,
        ]);
      },
    ],
  ];

  test.each(faults)("%s", async (_name, change, local, resource, plant) => {
    const world = await makeCopyWorld(database.fork());
    const people = await addProofPeople(world);
    const { scope } = await copy(world);
    await plant(world, people);
    const changes = await allChanges(world, scope.migrationId);
    expect(changes.filter((found) => found.explainedBy === null)).toContainEqual(
      entry(world, local, resource, change, null),
    );
    const summary = await summarizeAccess(world.em, scope.migrationId);
    expect(summary.unexplained).toBe(changes.filter((found) => found.explainedBy === null).length);
    expect(summary.unexplained).toBeGreaterThan(0);
    // The sample goes by the stored proof and puts what is wrong first.
    expect(await accessProofSample(world.em, scope.migrationId, 3)).toEqual([]);
    await query(world.em, "update migration set proof = $2::jsonb where id = $1", [
      scope.migrationId,
      JSON.stringify(summary),
    ]);
    const sample = await accessProofSample(world.em, scope.migrationId, 3);
    expect(sample).toHaveLength(3);
    expect(sample[0]?.explainedBy).toBeNull();
    expect(await accessProofSample(world.em, scope.migrationId, 100)).toHaveLength(changes.length);
  });
});
