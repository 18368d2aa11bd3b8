import type { TableShape } from "./sql/list-tables.ts";

/** Tables whose rows are never in a backup: what lets people in, what only the moment means, what the schema itself keeps. */
const leftOut = new Set([
  "auth_session",
  "auth_verification",
  "auth_rate_limit",
  "auth_pending_sign_in",
  "auth_remembered_device",
  "auth_passkey_challenge",
  "service_wish",
  "migration_lease",
  "mail_relay",
  "database_home",
  "schema_migration",
]);

/**
 * The tables of a backup, each after those its foreign keys name, so that rows can be restored with every key checked.
 * @throws Error when keys go round in a circle
 */
export function orderTables(tables: readonly TableShape[]): TableShape[] {
  const waiting = new Map(
    tables.filter(({ table }) => !leftOut.has(table)).map((shape) => [shape.table, shape]),
  );
  const ordered: TableShape[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting.values()].filter(({ refersTo }) => !refersTo.some((name) => waiting.has(name)));
    if (ready.length === 0) {
      throw new Error(`Foreign keys go round in a circle: ${[...waiting.keys()].join(", ")}`);
    }
    for (const shape of ready) {
      ordered.push(shape);
      waiting.delete(shape.table);
    }
  }
  return ordered;
}

/** A name as SQL takes it, whatever is in it. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A table with its columns, as COPY takes them. */
export function copyTarget({ table, columns }: { table: string; columns: readonly string[] }): string {
  return `${quoteName(table)} (${columns.map(quoteName).join(", ")})`;
}
