import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { query } from "../kit/query.ts";
import { withoutEngine } from "../kit/database.ts";
import { openSchemaWorld, type SchemaWorld } from "../kit/schema-caller.ts";
import { approve, countsOf, decline, eventsOf, itemsOf, makeReviewWorld, reachOf } from "./review-world.ts";

let world: SchemaWorld;

beforeAll(async () => {
  world = await openSchemaWorld(withoutEngine);
});
afterAll(() => world.close());

const declined = {
  outcome: "REQUIRES_ATTENTION",
  problem: "CUSTOMER_ROLE_DECLINED",
  next_step: "ASK_SITE_ADMIN",
  resolution: "DECLINED",
};

describe("declining", () => {
  it("keeps the members without the role, says so on their items and empties the queue", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    const { siteAdmin, groupId } = review;
    expect(await decline(siteAdmin, review, 2, "  They left us ")).toMatchObject({
      group: { reviewState: "DECLINED", pendingCount: 2, approvedCount: 0, decisionReason: "They left us" },
    });
    expect(await itemsOf(world, review)).toMatchObject([declined, declined]);
    expect(await countsOf(world, review)).toEqual({
      state: "COMPLETED",
      successful_count: 0,
      attention_count: 2,
      open_attention_count: 0,
    });
    expect(await reachOf(world, review, review.members[0]?.email ?? "")).toEqual([]);
    expect(
      await query(world.em, "select grants_customer_role from user_group where id = $1", [groupId]),
    ).toEqual([{ grants_customer_role: false }]);
    expect(await eventsOf(world, review)).toMatchObject([
      { type: "GROUP_DECLINED", payload: { groupId, declined: 2 } },
    ]);
    expect(await query(world.em, "select * from audit_entry where subject_id = $1", [groupId])).toMatchObject(
      [
        {
          action: "group.decline",
          before: { reviewState: "PENDING" },
          after: { reviewState: "DECLINED", reason: "They left us" },
        },
      ],
    );
  });

  it("is final: nobody of the group can be approved or declined again", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    await decline(review.siteAdmin, review, 1);
    expect(await approve(review.siteAdmin, review, 1)).toMatchObject({ code: "ALREADY_DONE" });
    expect(
      await approve(review.siteAdmin, review, 1, { memberIds: [review.members[0]?.id ?? ""] }),
    ).toMatchObject({ code: "ALREADY_DONE" });
    expect(await decline(review.siteAdmin, review, 1)).toMatchObject({ code: "ALREADY_DONE" });
    expect(await eventsOf(world, review)).toHaveLength(1);
  });

  it("of the rest leaves those approved before with the role", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    const [first, second] = review.members;
    await approve(review.siteAdmin, review, 2, { memberIds: [first?.id ?? ""] });
    expect(await decline(review.siteAdmin, review, 1)).toMatchObject({
      group: { reviewState: "DECLINED", pendingCount: 1, approvedCount: 1 },
    });
    expect(await reachOf(world, review, first?.email ?? "")).toEqual(["project OPEN"]);
    expect(await reachOf(world, review, second?.email ?? "")).toEqual([]);
    expect((await itemsOf(world, review)).map(({ resolution }) => resolution)).toEqual([
      "APPROVED",
      "DECLINED",
    ]);
    expect(await countsOf(world, review)).toMatchObject({
      successful_count: 1,
      attention_count: 1,
      open_attention_count: 0,
    });
  });

  it("after a full approval is too late", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    await approve(review.siteAdmin, review, 1);
    expect(await decline(review.siteAdmin, review, 0)).toMatchObject({ code: "ALREADY_DONE" });
  });

  it("needs a reason, the number that was shown and a site admin", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    for (const reason of ["", "   ", "x".repeat(501)]) {
      expect(await decline(review.siteAdmin, review, 2, reason)).toMatchObject({
        code: "INVALID_INPUT",
        field: "reason",
      });
    }
    expect(await decline(review.siteAdmin, review, 1)).toMatchObject({
      code: "STALE_PLAN",
      field: "expectedPending",
    });
    const sourceAdmin = await world.person([
      { role: "SITE_ADMIN", organizationId: review.organizationId, siteId: review.source.id },
    ]);
    expect(await decline(sourceAdmin, review, 2)).toMatchObject({ code: "NOT_PERMITTED" });
    expect(await countsOf(world, review)).toMatchObject({ open_attention_count: 2 });
    expect(await eventsOf(world, review)).toEqual([]);
  });

  it.each(["RUNNING", "PAUSED", "FAILED"])(
    "waits for the end of a run that is %s and may add people",
    async (state) => {
      const review = await makeReviewWorld(world, { members: 1, state });
      expect(await decline(review.siteAdmin, review, 1)).toMatchObject({ code: "INVALID_STATE" });
      expect(await countsOf(world, review)).toMatchObject({ state, open_attention_count: 1 });
    },
  );

  it("leaves a skipped item as it was", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    await query(
      world.em,
      `with skipped as (
         update migration_item set resolution = 'SKIPPED', resolved_at = now() where migration_id = $1 and ordinal = 1 returning 1
       ) update migration set open_attention_count = open_attention_count - 1 where id = $1`,
      [review.migrationId],
    );
    await decline(review.siteAdmin, review, 2);
    expect((await itemsOf(world, review)).map(({ resolution }) => resolution)).toEqual([
      "SKIPPED",
      "DECLINED",
    ]);
    expect(await countsOf(world, review)).toMatchObject({ open_attention_count: 0, attention_count: 2 });
  });

  it("is decided once by two admins at the same time", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    const results = await Promise.all([1, 2, 3].map(() => decline(review.siteAdmin, review, 2)));
    expect(results.map(({ code }) => code ?? "done").sort()).toEqual([
      "ALREADY_DONE",
      "ALREADY_DONE",
      "done",
    ]);
    expect(await countsOf(world, review)).toMatchObject({ open_attention_count: 0 });
  });
});
