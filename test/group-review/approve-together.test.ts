import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeAccountOnSite } from "../kit/factories.ts";
import { insertRow, query } from "../kit/query.ts";
import { withoutEngine } from "../kit/database.ts";
import { openSchemaWorld, type SchemaWorld } from "../kit/schema-caller.ts";
import {
  addMember,
  approve,
  approveDocument,
  countsOf,
  decline,
  eventsOf,
  makeReviewWorld,
  reachOf,
} from "./review-world.ts";

let world: SchemaWorld;

beforeAll(async () => {
  world = await openSchemaWorld(withoutEngine);
});
afterAll(() => world.close());

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
