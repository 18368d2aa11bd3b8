import type { MigrationKind } from "./kind.ts";
import { copyCustomers } from "./kinds/copy-customers/copy-customers.kind.ts";

/** Every kind of migration, one line each. */
const kinds: Record<string, MigrationKind<unknown>> = {
  [copyCustomers.code]: copyCustomers,
};

/** The codes of every registered kind. */
export const kindCodes: readonly string[] = Object.keys(kinds);

/** Finds a kind by its code; throws for an unknown one, since the database names only registered kinds. */
export function findKind(code: string): MigrationKind<unknown> {
  const kind = kinds[code];
  if (kind === undefined) {
    throw new Error(`No kind of migration is registered as ${code}`);
  }
  return kind;
}
