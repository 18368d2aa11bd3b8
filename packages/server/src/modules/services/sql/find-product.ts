import { statement } from "../../../platform/database/statement.ts";
import { belongingSql } from "./belonging.ts";
import { productColumns, type ProductRow } from "./product-columns.ts";

/** $1 account, $2 product. No row for one of an organization that the account does not belong to, as for none. */
export const findProductStatement = statement<ProductRow>(
  "services.findProduct",
  `with belonging as (${belongingSql})
   select ${productColumns} from product p join organization o on o.id = p.organization_id
   where p.id = $2 and p.organization_id in (select id from belonging)`,
);
