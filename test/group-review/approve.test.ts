import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeAccountOnSite, makeProject, makeRequest } from "../kit/factories.ts";
import { insertRow, query } from "../kit/query.ts";
import { withoutEngine } from "../kit/database.ts";
import { openSchemaWorld, type SchemaWorld } from "../kit/schema-caller.ts";
import { addMember, approve, countsOf, eventsOf, itemsOf, makeReviewWorld, reachOf } from "./review-world.ts";

let world: SchemaWorld;

beforeAll(async () => {
  world = await openSchemaWorld(withoutEngine);
});
afterAll(() => world.close());

describe("approving all", () => {
  it("gives the Customer role, settles the items and the run, and writes it down", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    const { siteAdmin, groupId } = review;
    expect(await approve(siteAdmin, review, 2)).toMatchObject({
      group: {
        id: groupId,
        reviewState: "APPROVED",
        memberCount: 2,
        pendingCount: 0,
        approvedCount: 2,
        decidedBy: { id: siteAdmin.accountId },
      },
    });
    const done = {
      outcome: "SUCCESSFUL",
      problem: null,
      next_step: null,
      resolution: "APPROVED",
      resolved_by: siteAdmin.accountId,
    };
    expect(await itemsOf(world, review)).toEqual([done, done]);
    expect(await countsOf(world, review)).toEqual({
      state: "COMPLETED",
      successful_count: 2,
      attention_count: 0,
      open_attention_count: 0,
    });
    expect(await eventsOf(world, review)).toMatchObject([
      { type: "GROUP_APPROVED", payload: { groupId, approved: 2, pending: 0, openAttention: 0 } },
    ]);
    expect(await query(world.em, "select * from audit_entry where subject_id = $1", [groupId])).toMatchObject(
      [
        {
          organization_id: review.organizationId,
          actor_account_id: siteAdmin.accountId,
          action: "group.approve",
          before: { reviewState: "PENDING", pending: 2 },
          after: { reviewState: "APPROVED", pending: 0, approved: 2 },
        },
      ],
    );
  });

  it("brings access back, to the projects and requests the review promised and no others", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    const [first, second] = review.members;
    if (first === undefined || second === undefined) {
      throw new Error("Two members were made");
    }
    const listed = await makeProject(world.em, review.destination.id, {
      key: "LISTED",
      access: "RESTRICTED",
      customers: [{ accountId: first.id }],
    });
    const closed = await makeProject(world.em, review.destination.id, {
      key: "CLOSED",
      access: "RESTRICTED",
    });
    await makeRequest(world.em, review.openProject, { key: "OPEN-1", reporter: { accountId: first.id } });
    await makeRequest(world.em, review.openProject, {
      key: "OPEN-2",
      participants: [{ accountId: second.id }],
    });
    await makeRequest(world.em, listed, { key: "LISTED-1", reporter: { accountId: second.id } });
    await makeRequest(world.em, closed, { key: "CLOSED-1", reporter: { accountId: first.id } });
    const promised = await review.siteAdmin.data<{
      importedGroup: { members: { edges: { node: { id: string; projects: string[]; requests: number } }[] } };
    }>(
      `query Members($id: ID!) { importedGroup(id: $id) { members { edges { node { id projects requests } } } } }`,
      { id: review.groupId },
    );
    expect(await reachOf(world, review, first.email)).toEqual([]);

    await approve(review.siteAdmin, review, 2);
    expect(await reachOf(world, review, first.email)).toEqual([
      "project LISTED",
      "project OPEN",
      "request OPEN-1",
    ]);
    expect(await reachOf(world, review, second.email)).toEqual(["project OPEN", "request OPEN-2"]);
    for (const { node } of promised.importedGroup.members.edges) {
      const email = review.members.find((member) => member.id === node.id)?.email ?? "";
      const reach = await reachOf(world, review, email);
      expect(node.projects.map((key) => `project ${key}`)).toEqual(
        reach.filter((text) => text.startsWith("project")),
      );
      expect(node.requests).toBe(reach.filter((text) => text.startsWith("request")).length);
    }
  });

  it("leaves other groups, other runs and rejected items alone", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    const other = await makeReviewWorld(world, { members: 1 });
    // The same person waits in the other organization's run too.
    const shared = await addMember(world, other, { email: review.members[0]?.email ?? "" });
    await insertRow(
      world.em,
      "migration_item",
      {
        migration_id: review.migrationId,
        ordinal: 99,
        email: shared.email,
        source_account_id: shared.id,
        destination_state: "BOTH",
        destination_type: "BOTH",
        type_after: "BOTH",
        effect: "UNCHANGED",
        planned_outcome: "REQUIRES_ATTENTION",
        outcome: "REQUIRES_ATTENTION",
        problem: "DUPLICATE_ACCOUNTS_ON_DESTINATION",
        next_step: "UPGRADE",
      },
      "ordinal",
    );
    await approve(review.siteAdmin, review, 1);
    expect((await itemsOf(world, review)).map(({ outcome }) => outcome)).toEqual([
      "SUCCESSFUL",
      "REQUIRES_ATTENTION",
    ]);
    expect((await itemsOf(world, other)).map(({ outcome }) => outcome)).toEqual([
      "REQUIRES_ATTENTION",
      "REQUIRES_ATTENTION",
    ]);
    expect(await reachOf(world, other, shared.email)).toEqual([]);
  });

  it("turns a skipped item successful without taking it from the queue twice", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    await query(
      world.em,
      `with skipped as (
         update migration_item set resolution = 'SKIPPED', resolved_at = now() where migration_id = $1 and ordinal = 1 returning 1
       ) update migration set open_attention_count = open_attention_count - 1 where id = $1`,
      [review.migrationId],
    );
    await approve(review.siteAdmin, review, 2);
    expect((await itemsOf(world, review)).map(({ outcome, resolution }) => [outcome, resolution])).toEqual([
      ["SUCCESSFUL", "APPROVED"],
      ["SUCCESSFUL", "APPROVED"],
    ]);
    expect(await countsOf(world, review)).toMatchObject({
      successful_count: 2,
      attention_count: 0,
      open_attention_count: 0,
    });
  });
});

describe("approving some", () => {
  it("leaves the rest waiting, who can be approved later", async () => {
    const review = await makeReviewWorld(world, { members: 3 });
    const [first, second] = review.members.map(({ id }) => id);
    const partly = await approve(review.siteAdmin, review, 3, {
      memberIds: [first ?? "", second ?? "", first ?? ""],
    });
    expect(partly).toMatchObject({
      group: { reviewState: "PARTLY_APPROVED", pendingCount: 1, approvedCount: 2 },
    });
    expect(await reachOf(world, review, review.members[1]?.email ?? "")).toEqual(["project OPEN"]);
    expect(await reachOf(world, review, review.members[2]?.email ?? "")).toEqual([]);
    expect(await countsOf(world, review)).toMatchObject({
      state: "COMPLETED_WITH_ATTENTION",
      open_attention_count: 1,
    });

    expect(await approve(review.siteAdmin, review, 1)).toMatchObject({
      group: { reviewState: "APPROVED", pendingCount: 0, approvedCount: 3 },
    });
    expect(await countsOf(world, review)).toMatchObject({
      state: "COMPLETED",
      successful_count: 3,
      open_attention_count: 0,
    });
    expect((await eventsOf(world, review)).map(({ payload }) => payload.approved)).toEqual([2, 1]);
  });

  it("refuses strangers, empty lists and lists that are too long, and changes nobody", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    const stranger = await makeAccountOnSite(world.em, review.destination.id);
    const [first] = review.members;
    const ask = (memberIds: string[]): Promise<object> => approve(review.siteAdmin, review, 2, { memberIds });
    expect(await ask([first?.id ?? "", stranger.id])).toMatchObject({
      code: "INVALID_INPUT",
      field: "memberIds",
    });
    expect(await ask([])).toMatchObject({ code: "INVALID_INPUT", field: "memberIds" });
    expect(await ask(Array.from({ length: 1001 }, () => first?.id ?? ""))).toMatchObject({
      code: "TOO_MANY",
    });
    expect(await reachOf(world, review, first?.email ?? "")).toEqual([]);
    expect(await eventsOf(world, review)).toEqual([]);
  });
});
