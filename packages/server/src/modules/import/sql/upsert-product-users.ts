import { statement } from "../../../platform/database/statement.ts";
import { kindAfterSql, kindWordsSql } from "../product-user-words.ts";

// In order of the login, so that transactions writing the same logins wait for each other and never in a ring. What the file
// does not say stays as it is; links, proofs and whoever is not in the file are not touched.
/** $1 import, $2 product. */
export const upsertProductUsersStatement = statement<{ written: number }>(
  "import.upsertProductUsers",
  `with ${kindWordsSql},
   written as (
     insert into product_user (product_id, email, login_name, name, role, active, told_verified, last_active_at, kind,
       authentication, sealed_password_hash)
     select $2, r.email, r.login_name, coalesce(nullif(r.name, ''), u.name, ''), coalesce(nullif(r.role, ''), u.role, ''),
       coalesce(r.active, u.active, true), coalesce(r.told_verified, u.told_verified),
       coalesce(r.last_active_at, u.last_active_at), ${kindAfterSql},
       coalesce(r.authentication, u.authentication, 'PASSWORD'), coalesce(r.sealed_hash, u.sealed_password_hash)
     from product_user_row r
     left join product_user u on u.product_id = $2 and u.email = r.email and u.login_name = r.login_name
     left join word w on w.word = split_part(r.email, '@', 1)
     where r.import_id = $1 and r.state = 'GOOD'
     order by r.email, r.login_name
     on conflict on constraint product_user_login_key do update set
       name = excluded.name, role = excluded.role, active = excluded.active, told_verified = excluded.told_verified,
       last_active_at = excluded.last_active_at, authentication = excluded.authentication,
       -- It may have been linked since it was read above.
       kind = case when product_user.account_id is null then excluded.kind else product_user.kind end,
       sealed_password_hash = excluded.sealed_password_hash
     where (product_user.name, product_user.role, product_user.active, product_user.told_verified, product_user.last_active_at,
         product_user.authentication, product_user.kind, product_user.sealed_password_hash)
       is distinct from (excluded.name, excluded.role, excluded.active, excluded.told_verified, excluded.last_active_at,
         excluded.authentication, excluded.kind, excluded.sealed_password_hash)
     returning 1
   )
   select count(*)::int as written from written`,
);
