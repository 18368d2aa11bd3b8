import { statement } from "../../../../platform/database/statement.ts";
import type { Grant } from "../../../sign-in/index.ts";
import { serviceAccountColumns, type ServiceAccountRow } from "./service-account-columns.ts";

/** A service account and its roles. */
export type FoundServiceAccountRow = ServiceAccountRow & { grants: Grant[] };

/** $1 accounts. */
export const findServiceAccountsStatement = statement<FoundServiceAccountRow>(
  "apiToken.findServiceAccounts",
  `select ${serviceAccountColumns},
     coalesce(
       (select json_agg(json_build_object('role', r.role, 'organizationId', r.organization_id, 'siteId', r.site_id,
          'productId', r.product_id) order by r.id) from role_assignment r where r.account_id = s.account_id),
       '[]') as grants
   from service_account s join account a on a.id = s.account_id
   where s.account_id = any($1::uuid[])`,
);
