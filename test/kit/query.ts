import { statement, type StatementRunner } from "../../packages/server/src/platform/database/statement.ts";

/** Runs one SQL text with $1-style parameters and gives its rows back; for arranging and asserting only. */
export async function query<Row = Record<string, unknown>>(
  em: StatementRunner,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  return statement<Row>("test.query", sql).run(em, parameters);
}

/** Inserts one row from an object keyed by column and returns its id. Undefined values take the column's default. */
export async function insertRow(
  em: StatementRunner,
  table: string,
  values: Record<string, unknown>,
  returning = "id",
): Promise<string> {
  const given = Object.entries(values).filter(([, value]) => value !== undefined);
  const columns = given.map(([column]) => column).join(", ");
  const places = given.map((_, index) => `$${index + 1}`).join(", ");
  const rows = await query<Record<string, string>>(
    em,
    `insert into ${table} (${columns}) values (${places}) returning ${returning}`,
    given.map(([, value]) => value),
  );
  return rows[0]?.[returning] ?? "";
}
