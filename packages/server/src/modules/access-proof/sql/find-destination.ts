import { statement } from "../../../platform/database/statement.ts";

// With what the last proof counted, so that a sample knows when it has seen everything.
export const findDestinationStatement = statement<{
  siteId: string;
  entries: number | null;
  unexplained: number | null;
}>(
  "accessProof.findDestination",
  `select destination_site_id as "siteId", ((proof ->> 'gained')::int + (proof ->> 'lost')::int) as entries,
     (proof ->> 'unexplained')::int as unexplained
   from migration where id = $1`,
);
