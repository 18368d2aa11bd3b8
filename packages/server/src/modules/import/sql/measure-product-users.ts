import type { ProductUserEffects } from "../import-record.ts";
import { statement } from "../../../platform/database/statement.ts";
import { kindAfterSql, kindWordsSql } from "../product-user-words.ts";

/** $1 import, $2 product. What the good rows bring, and how many of their logins the product has already. */
export const measureProductUsersStatement = statement<ProductUserEffects & { knownPeople: number }>(
  "import.measureProductUsers",
  `with ${kindWordsSql},
   elsewhere as materialized (
     select distinct u.email
     from product own join product p on p.organization_id = own.organization_id and p.id <> own.id
     join product_user u on u.product_id = p.id where own.id = $2
   ),
   judged as (
     select u.id is not null as is_known, ${kindAfterSql} as kind, r.sealed_hash is not null as has_hash, r.hash_refused,
       e.email is not null and u.address_proof_id is null and coalesce(r.authentication, u.authentication, 'PASSWORD') = 'PASSWORD' as is_shared
     from product_user_row r
     left join product_user u on u.product_id = $2 and u.email = r.email and u.login_name = r.login_name
     left join word w on w.word = split_part(r.email, '@', 1)
     left join elsewhere e on e.email = r.email
     where r.import_id = $1 and r.state = 'GOOD'
   )
   select count(*) filter (where is_known)::int as "knownPeople",
     count(*) filter (where kind = 'DISTRIBUTION_LIST')::int as "distributionLists",
     count(*) filter (where kind = 'BOT')::int as bots,
     count(*) filter (where kind = 'BOT' and is_shared)::int as "flaggedBots",
     count(*) filter (where has_hash)::int as "keptHashes",
     count(*) filter (where hash_refused)::int as "refusedHashes"
   from judged`,
);
