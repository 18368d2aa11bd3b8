import { statement } from "../../../platform/database/statement.ts";

/** The names of a place. */
export interface PlaceNames {
  organizationName: string;
  siteName: string | null;
  productName: string | null;
}

/** $1 organization, $2 site or null, $3 product or null. No row when one does not exist or is another organization's. */
export const findPlaceStatement = statement<PlaceNames>(
  "roles.findPlace",
  `select o.name as "organizationName", s.name as "siteName", p.name as "productName"
   from organization o
   left join site s on s.id = $2::uuid and s.organization_id = o.id
   left join product p on p.id = $3::uuid and p.organization_id = o.id
   where o.id = $1 and (s.id is not null or $2::uuid is null) and (p.id is not null or $3::uuid is null)`,
);
