import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";
import { unreferencedProofSql } from "./unreferenced-proof.ts";

// $1: most links, $2: days. Nobody used them, and nobody can any more.
export const sweepLinksStatement = statement<Swept>(
  "retention.sweepLinks",
  `with gone as (
     delete from email_proof where id = any(array(
       select p.id from email_proof p
       where p.consumed_at is null and p.expires_at < now() - make_interval(days => $2::int) and ${unreferencedProofSql}
       limit $1::int))
     returning 1
   )
   select count(*)::int as swept from gone`,
);
