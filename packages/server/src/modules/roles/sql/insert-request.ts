import { statement } from "../../../platform/database/statement.ts";
import { requestColumns, type RequestRow } from "./request-columns.ts";

/** $1 to $3 organization, site or null, product or null; $4 account, $5 wish, $6 reason. No row while the same one is pending. */
export const insertRequestStatement = statement<RequestRow>(
  "roles.insertRequest",
  `insert into access_request as q (organization_id, site_id, product_id, account_id, wish, reason)
   values ($1, $2, $3, $4, $5, $6)
   on conflict do nothing
   returning ${requestColumns}`,
);
