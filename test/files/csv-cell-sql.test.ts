import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { csvCellSql } from "../../packages/server/src/modules/import/index.ts";
import { formatCsvCell } from "../../packages/server/src/platform/csv/formula-guard.ts";
import { createTestDatabase, withClient, type TestDatabase } from "../kit/database.ts";

// Reports written by the database are the same bytes as rows written here.
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const awkward = [
  "=",
  "+",
  "-",
  "@",
  "\t",
  "\r",
  "\n",
  "＝",
  "＋",
  "－",
  "＠",
  "'",
  '"',
  ",",
  ";",
  " ",
  "\\",
  "a",
  "é",
  "😀",
  "]",
  "^",
];

async function writtenByDatabase(cells: string[]): Promise<string[]> {
  return withClient(database.url, async (client) => {
    const { rows } = await client.query<{ cell: string }>(
      `select ${csvCellSql("c.text")} as cell from unnest($1::text[]) with ordinality c (text, place) order by c.place`,
      [cells],
    );
    return rows.map(({ cell }) => cell);
  });
}

test("every pair and triple of awkward characters is written alike", async () => {
  const pairs = awkward.flatMap((first) => awkward.map((second) => first + second));
  const cells = ["", ...awkward, ...pairs, ...pairs.flatMap((pair) => awkward.map((third) => pair + third))];
  expect(await writtenByDatabase(cells)).toEqual(cells.map(formatCsvCell));
});

test("any text is written alike", async () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom(...awkward), fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 })),
  });
  // Text with NUL never reaches the database.
  const cells = fc.sample(text, 3_000).filter((cell) => !cell.includes("\0"));
  expect(await writtenByDatabase(cells)).toEqual(cells.map(formatCsvCell));
});

test("null stays null", async () => {
  const { rows } = await withClient(database.url, (client) =>
    client.query<{ cell: string | null }>(
      `select ${csvCellSql("c.text")} as cell from (values (null::text)) c (text)`,
    ),
  );
  expect(rows).toEqual([{ cell: null }]);
});
