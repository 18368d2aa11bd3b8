import { statement } from "../../../../platform/database/statement.ts";

/**
 * $1 account, $2 who removes it. Ends its tokens and takes its roles; what it did keeps its name. No row when it was
 * removed before.
 */
export const removeServiceAccountStatement = statement<{ tokens: number }>(
  "apiToken.removeServiceAccount",
  `with removed as (
     update service_account set removed_at = now(), removed_by = $2
     where account_id = $1 and removed_at is null returning account_id
   ), ended as (
     update api_token t set revoked_at = now() from removed r
     where t.account_id = r.account_id and t.revoked_at is null returning t.id
   ), taken as (
     delete from role_assignment a using removed r where a.account_id = r.account_id
   )
   select (select count(*)::int from ended) as tokens from removed`,
);
