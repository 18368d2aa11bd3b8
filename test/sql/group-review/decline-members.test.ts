import { afterAll, beforeAll, expect, it } from "vitest";
import { declineMembersStatement } from "../../../packages/server/src/modules/group-review/sql/decline-members.ts";
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

async function run({ groupId, migrationId, siteAdmin }: ReviewWorld): Promise<object[]> {
  return declineMembersStatement.run(world.em, [groupId, migrationId, siteAdmin.accountId]);
}

async function declinedOrdinals({ migrationId }: ReviewWorld): Promise<number[]> {
  const rows = await query<{ ordinal: number }>(
    world.em,
    "select ordinal from migration_item where migration_id = $1 and resolution = 'DECLINED' order by ordinal",
    [migrationId],
  );
  return rows.map((row) => row.ordinal);
}

it("settles the items of members who wait; a second run and other runs find nothing", async () => {
  const review = await makeReviewWorld(world, { members: 3 });
  const other = await makeReviewWorld(world, { members: 2 });
  await query(
    world.em,
    "update user_group_member set approved = true where group_id = $1 and account_id = $2",
    [review.groupId, review.members[0]?.id],
  );
  expect(await run(review)).toEqual([{ resolved: 2 }]);
  expect(await declinedOrdinals(review)).toEqual([2, 3]);
  expect(await run(review)).toEqual([{ resolved: 0 }]);
  expect(await declinedOrdinals(other)).toEqual([]);
});

it("answers zero for a group without members", async () => {
  expect(await run(await makeReviewWorld(world, { members: 0 }))).toEqual([{ resolved: 0 }]);
});
