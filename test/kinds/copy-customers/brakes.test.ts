import { describe, expect, it } from "vitest";
import { brakes, type Brake } from "../../../packages/server/src/modules/migration/kind.ts";
import { copyBrakes } from "../../../packages/server/src/modules/migration/kinds/copy-customers/brakes.ts";
import { mostPeople } from "../../../packages/server/src/modules/migration/brakes/limits.ts";
import { makeAccountOnSite, makePortalCustomer } from "../../kit/factories.ts";
import { query } from "../../kit/query.ts";
import { applyAll, makeCopyWorld, makeScope, plan, prepare, useDatabase } from "./copy-world.ts";
import { addEveryEffect } from "./people.ts";

const database = useDatabase();

describe("what the brakes count", () => {
  it("is what the plan foretells, in every case of the outcome table", async () => {
    const world = await makeCopyWorld(database.fork());
    await addEveryEffect(world);
    const scope = await makeScope(world);
    const summary = await plan(world.em, scope);
    await prepare(world.em, scope);
    const whole = { ...scope, after: 0, upTo: summary.totalItems };
    const nothing = { LOSSES: 0, MERGES: 0, NEW_SEATS: 0, FAILURES: 0, DUPLICATES: 0 };
    expect(await copyBrakes.measure(world.em, whole)).toEqual(nothing);
    await applyAll(world.em, scope, 3);
    const measured = await copyBrakes.measure(world.em, whole);
    expect(measured).toEqual(copyBrakes.forecast(summary));
    // Portal-only with an account there, with and without the role; an account new there, twice, once as a duplicate;
    // both types there already, twice.
    expect(measured).toEqual({ LOSSES: 1, MERGES: 2, NEW_SEATS: 2, FAILURES: 0, DUPLICATES: 3 });
    const examples: Partial<Record<Brake, string[]>> = {};
    for (const brake of brakes) {
      examples[brake] = (await copyBrakes.examples(world.em, whole, brake)).toSorted();
    }
    expect(examples).toEqual({
      LOSSES: [world.mail("account-portal")],
      MERGES: [world.mail("portal-account"), world.mail("portal-role")],
      NEW_SEATS: [world.mail("account-nothing"), world.mail("account-portal")],
      FAILURES: [],
      DUPLICATES: [world.mail("account-both"), world.mail("account-portal"), world.mail("portal-both")],
    });
  });

  it("of a batch is that of its rows alone, and adds up over batches", async () => {
    const world = await makeCopyWorld(database.fork());
    await addEveryEffect(world);
    const scope = await makeScope(world);
    const { totalItems } = await plan(world.em, scope);
    await prepare(world.em, scope);
    await applyAll(world.em, scope);
    const whole = await copyBrakes.measure(world.em, { ...scope, after: 0, upTo: totalItems });
    const halves = [
      await copyBrakes.measure(world.em, { ...scope, after: 0, upTo: 4 }),
      await copyBrakes.measure(world.em, { ...scope, after: 4, upTo: totalItems }),
    ];
    for (const brake of brakes) {
      expect(halves.reduce((total, half) => total + half[brake], 0)).toBe(whole[brake]);
    }
    expect(await copyBrakes.measure(world.em, { ...scope, after: 4, upTo: 4 })).toMatchObject({ MERGES: 0 });
  });

  it("counts people who changed after the plan as failures and as nothing else", async () => {
    const world = await makeCopyWorld(database.fork());
    const { em, source, destination } = world;
    await makeAccountOnSite(em, source.id, { email: world.mail("drifts") });
    await makePortalCustomer(em, destination.id, { email: world.mail("drifts") });
    const scope = await makeScope(world);
    const summary = await plan(em, scope);
    expect(copyBrakes.forecast(summary)).toMatchObject({ LOSSES: 1, DUPLICATES: 1 });
    await prepare(em, scope);
    await query(em, "delete from portal_customer where email = $1", [world.mail("drifts")]);
    await applyAll(em, scope);
    const measured = await copyBrakes.measure(em, { ...scope, after: 0, upTo: 1 });
    expect(measured).toEqual({ LOSSES: 0, MERGES: 0, NEW_SEATS: 0, FAILURES: 1, DUPLICATES: 0 });
  });
});

describe("the most people a limit allows", () => {
  it.each([
    [{ percent: 5, leastPeople: 500 }, 1_000, 499],
    [{ percent: 5, leastPeople: 500 }, 1_000_000, 50_000],
    [{ percent: 0.57, leastPeople: 1 }, 10_000, 57],
    [{ percent: 0, leastPeople: 1 }, 10_000, 0],
    [{ percent: 100, leastPeople: 1 }, 10_000, 10_000],
  ])("%j of %i rows is %i, in the program as in the database", async (limit, total, most) => {
    expect(mostPeople(limit, total)).toBe(most);
    const [row] = await query<{ most: number }>(
      database.fork(),
      "select greatest(floor($1::numeric * $2::int / 100), $3::int - 1)::int as most",
      [limit.percent, total, limit.leastPeople],
    );
    expect(row?.most).toBe(most);
  });
});
