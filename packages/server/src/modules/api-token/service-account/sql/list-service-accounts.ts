import { statement } from "../../../../platform/database/statement.ts";
import { serviceAccountColumns, type ServiceAccountRow } from "./service-account-columns.ts";

/** $1 organization, $2 most rows. Newest first, living ones before removed ones. */
export const listServiceAccountsStatement = statement<ServiceAccountRow>(
  "apiToken.listServiceAccounts",
  `select ${serviceAccountColumns}
   from service_account s join account a on a.id = s.account_id
   where s.organization_id = $1
   order by s.removed_at is not null, s.created_at desc, s.account_id desc limit $2`,
);
