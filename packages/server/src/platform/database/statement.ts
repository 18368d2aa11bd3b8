import { CompiledQuery } from "kysely";
import { crashpoint } from "../crashpoint.ts";
import { inSpan, isTracing } from "../tracing.ts";

/** What a statement runs on: an EntityManager, inside or outside a transaction. */
export interface StatementRunner {
  getKysely(): { executeQuery<Row>(query: CompiledQuery<Row>): Promise<{ rows: Row[] }> };
}

/** A labelled SQL statement with $1-style parameters. Rows come back typed as Row. */
export interface Statement<Row> {
  readonly label: string;
  readonly text: string;
  run(em: StatementRunner, parameters?: readonly unknown[]): Promise<Row[]>;
}

/**
 * Makes a statement. The label (`module.fileName`) leads the text as a comment, so it shows in
 * pg_stat_activity, slow-query logs and test failures. Parameters are bound, never interpolated.
 */
export function statement<Row = Record<string, never>>(label: string, sql: string): Statement<Row> {
  const text = `/* ${label} */ ${sql}`;
  const crashLabel = /\b(insert into|update|delete from)\b/.test(sql) ? `sql.${label}` : undefined;
  return {
    label,
    text,
    async run(em, parameters = []) {
      const execute = async (): Promise<Row[]> => {
        const query = CompiledQuery.raw(text, [...parameters]) as CompiledQuery<Row>;
        return (await em.getKysely().executeQuery<Row>(query)).rows;
      };
      const rows = await (isTracing()
        ? inSpan(`sql ${label}`, { "db.system.name": "postgresql" }, execute)
        : execute());
      if (crashLabel !== undefined) {
        crashpoint(crashLabel);
      }
      return rows;
    },
  };
}
