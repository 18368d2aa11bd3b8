import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {} from "../kit/factories.ts";
import { query } from "../kit/query.ts";
import { withoutEngine } from "../kit/database.ts";
import { openSchemaWorld, type SchemaWorld } from "../kit/schema-caller.ts";
import { approve, countsOf, decline, makeReviewWorld } from "./review-world.ts";

let world: SchemaWorld;

beforeAll(async () => {
  world = await openSchemaWorld(withoutEngine);
});
afterAll(() => world.close());

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
