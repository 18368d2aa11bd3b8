import { statement } from "../../../platform/database/statement.ts";
import { flaggedSql } from "./product-user-columns.ts";

/** How many logins products have. */
export interface ProductUserCountsRow {
  productId: string;
  total: number;
  active: number;
  bots: number;
  distributionLists: number;
  linked: number;
  flagged: number;
}

/** $1 products. */
export const countProductUsersStatement = statement<ProductUserCountsRow>(
  "productUser.countProductUsers",
  `select p.id as "productId", count(u.id)::int as total, count(*) filter (where u.active)::int as active,
     count(*) filter (where u.kind = 'BOT')::int as bots,
     count(*) filter (where u.kind = 'DISTRIBUTION_LIST')::int as "distributionLists", count(u.account_id)::int as linked,
     (select count(*) from product_user u where u.product_id = p.id and ${flaggedSql})::int as flagged
   from product p left join product_user u on u.product_id = p.id
   where p.id = any($1::uuid[]) group by p.id`,
);
