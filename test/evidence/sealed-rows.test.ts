import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parseSealedRows } from "../../packages/server/src/modules/evidence/verify/sealed-rows.ts";
import { openSchemaWorld, type SchemaWorld } from "../kit/schema-caller.ts";
import { query } from "../kit/query.ts";

let world: SchemaWorld;

beforeAll(async () => {
  world = await openSchemaWorld();
});

afterAll(async () => {
  await world?.close();
});

describe("rows as PostgreSQL prints them", () => {
  const text = fc.oneof(
    fc.constant(null),
    fc.constantFrom("", '"', "\\", ",", "(", ")", "a\nb", '\\"', '""', " ", 'Ann (A) \\, "B"'),
    fc.string({ unit: "binary", maxLength: 12 }).map((value) => value.replaceAll("\0", "")),
  );

  it("are taken apart into what they were made of", async () => {
    const rows = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(rows, async (given) => {
        const [printed] = await query<{ text: string }>(
          world.fork(),
          `select string_agg(row(r ->> 0, r ->> 1, r ->> 2)::text, e'\\n' order by n) as text
           from jsonb_array_elements($1::jsonb) with ordinality as t (r, n)`,
          [JSON.stringify(given)],
        );
        expect([...parseSealedRows(printed?.text ?? "")]).toEqual(given);
      }),
      { numRuns: 200 },
    );
  });

  it.each(["1,2)", "(1,2", "(1,2)(3,4)", '(1,"2)', "(1\n"])("are refused when broken: %j", (broken) => {
    expect(() => [...parseSealedRows(broken)]).toThrow(/plan\/sealed-rows.jsonl holds/);
  });
});
