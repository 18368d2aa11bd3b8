import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeAccountOnSite, makeProject, makeRequest } from "../kit/factories.ts";
import { insertRow, query } from "../kit/query.ts";
import { openSchemaWorld, type SchemaWorld } from "../kit/schema-caller.ts";
import {
  addMember,
  approve,
  approveDocument,
  countsOf,
  decline,
  eventsOf,
  itemsOf,
  makeReviewWorld,
  reachOf,
} from "./review-world.ts";

let world: SchemaWorld;

beforeAll(async () => {
  world = await openSchemaWorld();
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

describe("approving at the same time", () => {
  it("lets one of two admins decide and tells the other", async () => {
    const review = await makeReviewWorld(world, { members: 5 });
    const second = await world.person([
      { role: "SITE_ADMIN", organizationId: review.organizationId, siteId: review.destination.id },
    ]);
    const results = await Promise.all([approve(review.siteAdmin, review, 5), approve(second, review, 5)]);
    expect(results.map(({ code }) => code ?? "done").sort()).toEqual(["ALREADY_DONE", "done"]);
    expect(await eventsOf(world, review)).toHaveLength(1);
    expect(await countsOf(world, review)).toMatchObject({ successful_count: 5, open_attention_count: 0 });
  });

  it("counts fifty clicks on the final button once", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    const results = await Promise.all(Array.from({ length: 50 }, () => approve(review.siteAdmin, review, 2)));
    expect(results.filter(({ code }) => code === undefined)).toHaveLength(1);
    expect(results.filter(({ code }) => code === "ALREADY_DONE")).toHaveLength(49);
    expect(await countsOf(world, review)).toMatchObject({ successful_count: 2, attention_count: 0 });
  });

  it("lets one of an approval and a decline win", async () => {
    const review = await makeReviewWorld(world, { members: 3 });
    const results = await Promise.all([
      approve(review.siteAdmin, review, 3),
      decline(review.siteAdmin, review, 3),
    ]);
    expect(results.map(({ code }) => code ?? "done").sort()).toEqual(["ALREADY_DONE", "done"]);
    expect(await countsOf(world, review)).toMatchObject({ open_attention_count: 0 });
  });

  it("approves overlapping selections once and tells the second admin the new number", async () => {
    const review = await makeReviewWorld(world, { members: 3 });
    const [first, second, third] = review.members.map(({ id }) => id);
    const one = await approve(review.siteAdmin, review, 3, { memberIds: [first ?? "", second ?? ""] });
    const two = await approve(review.siteAdmin, review, 3, { memberIds: [second ?? "", third ?? ""] });
    expect(one).toMatchObject({ group: { pendingCount: 1 } });
    expect(two).toMatchObject({ code: "STALE_PLAN", field: "expectedPending" });
    expect(two.message).toContain("1 members");
    expect(await approve(review.siteAdmin, review, 3, { memberIds: [first ?? ""] })).toMatchObject({
      code: "ALREADY_DONE",
    });
  });

  it("waits for a batch under way and sees the members it brings", async () => {
    const review = await makeReviewWorld(world, { members: 1, state: "RUNNING" });
    let pending: Promise<{ code?: string; message?: string }> | undefined;
    await world.fork().transactional(async (tx) => {
      await query(tx, "select 1 from migration where id = $1 for update", [review.migrationId]);
      pending = approve(review.siteAdmin, review, 1);
      await new Promise((resolve) => {
        setTimeout(resolve, 100);
      });
      const late = await makeAccountOnSite(tx, review.destination.id);
      await insertRow(
        tx,
        "user_group_member",
        { group_id: review.groupId, account_id: late.id },
        "account_id",
      );
    });
    expect(await pending).toMatchObject({
      code: "STALE_PLAN",
      message: expect.stringContaining("2 members") as string,
    });
  });
});

describe("approving during the run", () => {
  it("leaves later members waiting in a partly approved group", async () => {
    const review = await makeReviewWorld(world, { members: 2, state: "RUNNING" });
    expect(await approve(review.siteAdmin, review, 2)).toMatchObject({ group: { reviewState: "APPROVED" } });
    expect(await countsOf(world, review)).toMatchObject({ state: "RUNNING", open_attention_count: 0 });
    const late = await addMember(world, review);
    const { importedGroup } = await review.siteAdmin.data<{ importedGroup: object }>(
      `query Group($id: ID!) { importedGroup(id: $id) { reviewState pendingCount viewerCanDecide } }`,
      { id: review.groupId },
    );
    expect(importedGroup).toEqual({ reviewState: "PARTLY_APPROVED", pendingCount: 1, viewerCanDecide: true });
    expect(await reachOf(world, review, late.email)).toEqual([]);
    expect(await approve(review.siteAdmin, review, 1)).toMatchObject({
      group: { reviewState: "APPROVED", approvedCount: 3 },
    });
  });
});

describe("refusals of an approval", () => {
  it("tell the new number when the pending count is not the one shown", async () => {
    const review = await makeReviewWorld(world, { members: 3 });
    for (const expected of [2, 4, 0]) {
      const refusal = await approve(review.siteAdmin, review, expected);
      expect(refusal).toMatchObject({ code: "STALE_PLAN", field: "expectedPending" });
      expect(refusal.message).toContain("3 members are waiting now");
    }
    expect(await countsOf(world, review)).toMatchObject({ successful_count: 0, open_attention_count: 3 });
  });

  it("say ALREADY_DONE once everybody is approved", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    await approve(review.siteAdmin, review, 1);
    expect(await approve(review.siteAdmin, review, 1)).toMatchObject({ code: "ALREADY_DONE" });
    expect(await approve(review.siteAdmin, review, 0)).toMatchObject({ code: "ALREADY_DONE" });
  });

  it("name who can decide, to an admin of the source site alone", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    const sourceAdmin = await world.person([
      { role: "SITE_ADMIN", organizationId: review.organizationId, siteId: review.source.id },
    ]);
    const refusal = await approve(sourceAdmin, review, 1);
    expect(refusal).toMatchObject({ code: "NOT_PERMITTED" });
    expect(refusal.whoCanGrant).toEqual([
      expect.stringContaining(review.siteAdmin.actor?.email ?? "?") as string,
    ]);
    expect(await countsOf(world, review)).toMatchObject({ successful_count: 0 });
  });

  it("hold for an admin whose role was taken away after they signed in", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    await query(world.em, "delete from role_assignment where account_id = $1", [review.siteAdmin.accountId]);
    expect(await approve(review.siteAdmin, review, 1)).toMatchObject({ code: "NOT_PERMITTED" });
    expect(await decline(review.siteAdmin, review, 1)).toMatchObject({ code: "NOT_PERMITTED" });
    expect(await countsOf(world, review)).toMatchObject({ successful_count: 0, open_attention_count: 1 });
  });

  it("do not hold for organization admins", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    const boss = await world.person([{ role: "ORGANIZATION_ADMIN", organizationId: review.organizationId }]);
    expect(await approve(boss, review, 1)).toMatchObject({ group: { reviewState: "APPROVED" } });
  });
});

describe("an approval's statements", () => {
  it("are as many for forty members as for two", async () => {
    const [few, many] = await Promise.all([
      makeReviewWorld(world, { members: 2 }),
      makeReviewWorld(world, { members: 40 }),
    ]);
    const small = await world.countStatements(() => approve(few.siteAdmin, few, 2));
    expect(await world.countStatements(() => approve(many.siteAdmin, many, 40))).toBe(small);
    expect(small).toBeGreaterThan(6);
  });

  it("run once for one key, however often it is sent", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    const idempotencyKey = `0190-${review.groupId}`;
    const first = await approve(review.siteAdmin, review, 1, { idempotencyKey });
    expect(await approve(review.siteAdmin, review, 1, { idempotencyKey })).toEqual(first);
    expect(await eventsOf(world, review)).toHaveLength(1);
    const input = { groupId: review.groupId, expectedPending: 2, idempotencyKey };
    expect(await review.siteAdmin.errorCodes(approveDocument, { input })).toEqual(["BAD_INPUT"]);
  });
});
