import { statement } from "../../../platform/database/statement.ts";

export const findDestinationStatement = statement<{ siteId: string; kept: boolean }>(
  "accessProof.findDestination",
  `select destination_site_id as "siteId", access_kept_at is not null as kept from migration where id = $1`,
);
