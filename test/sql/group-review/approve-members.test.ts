import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approveMembersStatement } from "../../../packages/server/src/modules/group-review/sql/approve-members.ts";
import { makeReviewWorld, type ReviewWorld } from "../../group-review/review-world.ts";
import { query } from "../../kit/query.ts";
import { withoutEngine } from "../../kit/database.ts";
import { openSchemaWorld, type SchemaWorld } from "../../kit/schema-caller.ts";

let world: SchemaWorld;
beforeAll(async () => {
  world = await openSchemaWorld({
    ...withoutEngine,
    I2: "one statement of the decision runs alone",
    I16: "one statement of the decision runs alone",
  });
});
afterAll(() => world.close());

async function run(
  review: ReviewWorld,
  accounts: string[] | null,
  expected: number,
): Promise<object | undefined> {
  const [row] = await approveMembersStatement.run(world.em, [
    review.groupId,
    review.migrationId,
    accounts,
    expected,
    review.siteAdmin.accountId,
  ]);
  return row;
}

async function stateOf(review: ReviewWorld): Promise<[approved: number, successful: number]> {
  const [row] = await query<{ approved: number; successful: number }>(
    world.em,
    `select (select count(*)::int from user_group_member where group_id = $1 and approved) as approved,
       (select count(*)::int from migration_item where migration_id = $2 and outcome = 'SUCCESSFUL') as successful`,
    [review.groupId, review.migrationId],
  );
  return [row?.approved ?? -1, row?.successful ?? -1];
}

const nothing = { approved: 0, resolved: 0, nowSuccessful: 0 };

describe("approveMembers", () => {
  it("approves all who wait and settles their items; a second run changes nothing", async () => {
    const review = await makeReviewWorld(world, { members: 3 });
    expect(await run(review, null, 3)).toEqual({ pending: 3, approved: 3, resolved: 3, nowSuccessful: 3 });
    expect(await stateOf(review)).toEqual([3, 3]);
    expect(await run(review, null, 0)).toEqual({ pending: 0, ...nothing });
    expect(await run(review, null, 3)).toEqual({ pending: 0, ...nothing });
  });

  it("changes nobody when the number is another one", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    expect(await run(review, null, 1)).toEqual({ pending: 2, ...nothing });
    expect(await stateOf(review)).toEqual([0, 0]);
  });

  it("takes named members once each and nobody for an empty list or for strangers", async () => {
    const review = await makeReviewWorld(world, { members: 2 });
    const other = await makeReviewWorld(world, { members: 1 });
    const first = review.members[0]?.id ?? "";
    const stranger = other.members[0]?.id ?? "";
    expect(await run(review, [], 2)).toEqual({ pending: 2, ...nothing });
    expect(await run(review, [stranger], 2)).toEqual({ pending: 2, ...nothing });
    expect(await run(review, [first, first, stranger], 2)).toEqual({
      pending: 2,
      approved: 1,
      resolved: 1,
      nowSuccessful: 1,
    });
    expect(await stateOf(review)).toEqual([1, 1]);
    expect(await stateOf(other)).toEqual([0, 0]);
  });

  it("leaves items alone that are not applied yet or do not join the group", async () => {
    const review = await makeReviewWorld(world, { members: 3 });
    await query(
      world.em,
      "update migration_item set outcome = null where migration_id = $1 and ordinal = 1",
      [review.migrationId],
    );
    await query(
      world.em,
      "update migration_item set joins_group = false where migration_id = $1 and ordinal = 2",
      [review.migrationId],
    );
    expect(await run(review, null, 3)).toEqual({ pending: 3, approved: 3, resolved: 1, nowSuccessful: 1 });
  });

  it("finds the person by the account at the source while the destination's is not set", async () => {
    const review = await makeReviewWorld(world, { members: 1 });
    await query(world.em, "update migration_item set destination_account_id = null where migration_id = $1", [
      review.migrationId,
    ]);
    expect(await run(review, null, 1)).toMatchObject({ resolved: 1 });
  });
});
