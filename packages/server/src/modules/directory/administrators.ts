import type { StatementRunner } from "../../platform/database/statement.ts";
import { listAdministratorsStatement } from "./sql/list-administrators.ts";

/** An organization, or a site of it. */
export interface AdministeredPlace {
  organizationId: string;
  siteId: string | null;
}

/**
 * Who administers each place, such as `Ann Lee (ann@abc.com)`: site admins first, then organization admins.
 * In the order of the input. Only for people who belong to the organization.
 */
export async function listAdministrators(
  em: StatementRunner,
  places: readonly AdministeredPlace[],
): Promise<string[][]> {
  const rows = await listAdministratorsStatement.run(em, [
    places.map((place) => place.organizationId),
    places.map((place) => place.siteId),
  ]);
  return places.map((_, index) =>
    rows
      .filter((row) => row.ordinal === index + 1)
      .map(({ name, email }) => (name === "" ? email : `${name} (${email})`)),
  );
}
