import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { keptOfAccount, wipedOfAccount } from "../../packages/server/src/modules/proof/index.ts";
import { query } from "../kit/query.ts";
import { openSchemaWorld, type SchemaWorld } from "../kit/schema-caller.ts";

interface Reference {
  from: string;
  deletes: boolean;
}

/** Tables that refer to this one, and whether their rows go with the row they refer to. */
function referencesTo(world: SchemaWorld, table: string): Promise<Reference[]> {
  return query<Reference>(
    world.em,
    // Bulk tables check their references by triggers, whose first argument is the table they refer to.
    `select "from", bool_and(deletes) as deletes from (
       select conrelid::regclass::text as "from", confdeltype = 'c' as deletes from pg_constraint
       where contype = 'f' and confrelid = $1::regclass
       union all
       select t.tgrelid::regclass::text, false from pg_trigger t join pg_proc p on p.oid = t.tgfoid
       where p.proname like 'insist_on_parent%' and split_part(encode(t.tgargs, 'escape'), '\\000', 1) = $1::text
     ) as reference group by 1 order by 1`,
    [table],
  );
}

describe("what the first proof removes", () => {
  let world: SchemaWorld;

  beforeAll(async () => {
    world = await openSchemaWorld();
  });

  afterAll(async () => {
    await world?.close();
  });

  it("includes everything that hangs on a sign-in", async () => {
    const references = await referencesTo(world, "auth_user");
    expect(references.map(({ from }) => from)).toContain("auth_credential");
    expect(references.filter(({ deletes }) => !deletes)).toEqual([]);
  });

  it("is decided for every table that refers to an account", async () => {
    const references = (await referencesTo(world, "account")).map(({ from }) => from);
    const decided = [...wipedOfAccount, ...Object.keys(keptOfAccount)];
    expect(references.filter((table) => !decided.includes(table))).toEqual([]);
    expect(decided.filter((table) => !references.includes(table))).toEqual([]);
  });

  it("misses a table that nobody decided about", async () => {
    await query(world.em, "create table planted_key (account_id uuid references account)");
    await query(world.em, "create table planted_factor (user_id uuid references auth_user)");
    const accounts = (await referencesTo(world, "account")).map(({ from }) => from);
    expect(accounts.filter((table) => !wipedOfAccount.includes(table) && !(table in keptOfAccount))).toEqual([
      "planted_key",
    ]);
    const people = await referencesTo(world, "auth_user");
    expect(people.filter(({ deletes }) => !deletes).map(({ from }) => from)).toEqual(["planted_factor"]);
  });
});
