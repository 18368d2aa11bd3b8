import { afterAll, beforeAll, expect, it } from "vitest";
import { recordDecisionStatement } from "../../../packages/server/src/modules/group-review/sql/record-decision.ts";
import { makeReviewWorld } from "../../group-review/review-world.ts";
import { makeGroup } from "../../kit/factories.ts";
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

it("writes the decision on one imported group and switches the role on with an approval, never off", async () => {
  const review = await makeReviewWorld(world);
  const other = await makeReviewWorld(world);
  const byHand = await makeGroup(world.em, review.destination.id, { grantsCustomerRole: false });
  const actor = review.siteAdmin.accountId;
  const read = async (id: string): Promise<object | undefined> =>
    (
      await query(
        world.em,
        "select review_state, grants_customer_role, decided_by, decision_reason from user_group where id = $1",
        [id],
      )
    )[0];
  const untouched = await read(other.groupId);

  expect(
    await recordDecisionStatement.run(world.em, [review.groupId, "PARTLY_APPROVED", actor, null]),
  ).toHaveLength(1);
  const partly = {
    review_state: "PARTLY_APPROVED",
    grants_customer_role: true,
    decided_by: actor,
    decision_reason: null,
  };
  expect(await read(review.groupId)).toEqual(partly);
  await recordDecisionStatement.run(world.em, [review.groupId, "PARTLY_APPROVED", actor, null]);
  expect(await read(review.groupId)).toEqual(partly);
  await recordDecisionStatement.run(world.em, [review.groupId, "DECLINED", actor, "Gone"]);
  expect(await read(review.groupId)).toEqual({
    review_state: "DECLINED",
    grants_customer_role: true,
    decided_by: actor,
    decision_reason: "Gone",
  });

  const declined = await makeReviewWorld(world);
  await recordDecisionStatement.run(world.em, [declined.groupId, "DECLINED", actor, "No"]);
  expect(await read(declined.groupId)).toMatchObject({ grants_customer_role: false });
  expect(await recordDecisionStatement.run(world.em, [byHand.id, "APPROVED", actor, null])).toEqual([]);
  expect(await read(byHand.id)).toMatchObject({ grants_customer_role: false });
  expect(await read(other.groupId)).toEqual(untouched);
});
