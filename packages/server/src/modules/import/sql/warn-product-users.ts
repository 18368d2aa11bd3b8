import { statement } from "../../../platform/database/statement.ts";
import { kindAfterSql, kindWordsSql } from "../product-user-words.ts";

/**
 * $1 import, $2 product. Says which linked logins stay people whatever the file says, and which bots will be flagged,
 * behind what the row itself gives cause for.
 */
export const warnProductUsersStatement = statement<{ changed: number }>(
  "import.warnProductUsers",
  `with ${kindWordsSql},
   elsewhere as materialized (
     select u.email, string_agg(distinct p.name, ', ' order by p.name) as products
     from product own join product p on p.organization_id = own.organization_id and p.id <> own.id
     join product_user u on u.product_id = p.id
     where own.id = $2 and u.email in (select email from product_user_row where import_id = $1 and state = 'GOOD')
     group by u.email
   ),
   judged as (
     select r.row_number, r.file_warning, r.kind as told_kind, e.products, u.account_id, u.address_proof_id,
       ${kindAfterSql} as kind, coalesce(r.authentication, u.authentication, 'PASSWORD') as authentication
     from product_user_row r
     left join product_user u on u.product_id = $2 and u.email = r.email and u.login_name = r.login_name
     left join word w on w.word = split_part(r.email, '@', 1)
     left join elsewhere e on e.email = r.email
     where r.import_id = $1 and r.state = 'GOOD'
   ),
   told as (
     select row_number, nullif(concat_ws(' ', file_warning,
       case when account_id is not null and told_kind <> 'PERSON'
         then 'This login is linked to an account, so it stays a person.' end,
       case when kind = 'BOT' and authentication = 'PASSWORD' and products is not null and address_proof_id is null
         then 'This bot signs in with a password, and its address has logins on ' || products
           || ', too: it will be flagged until it has an address of its own or somebody confirms this one.' end), '') as warning
     from judged
   ),
   changed as (
     update product_user_row r set warning = t.warning
     from told t
     where r.import_id = $1 and r.row_number = t.row_number and r.warning is distinct from t.warning
     returning 1
   )
   select count(*)::int as changed from changed`,
);
