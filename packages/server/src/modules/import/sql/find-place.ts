import { statement } from "../../../platform/database/statement.ts";

/** What a file goes to: a site, or a product; the other id is null. */
export interface PlaceRow {
  siteId: string | null;
  productId: string | null;
  organizationId: string;
  name: string;
}

/** $1 site or null, $2 product or null. */
export const findPlaceStatement = statement<PlaceRow>(
  "import.findPlace",
  `select id as "siteId", null::uuid as "productId", organization_id as "organizationId", name from site where id = $1::uuid
   union all
   select null, id, organization_id, name from product where id = $2::uuid`,
);
