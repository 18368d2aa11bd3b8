import { statement } from "../../../platform/database/statement.ts";
import type { Swept } from "../swept.ts";
import { unreferencedProofSql } from "./unreferenced-proof.ts";

// $1: most links, $2: days. Of several that one account used for one address the first stays for good: by it the account
// counts as proven. Those are never fewer, so only what ran out lately is looked at: 60 days in which some server sweeps.
export const sweepUsedLinksStatement = statement<Swept>(
  "retention.sweepUsedLinks",
  `with gone as (
     delete from email_proof where id = any(array(
       select p.id from email_proof p
       where p.consumed_at is not null and p.expires_at < now() - make_interval(days => $2::int)
         and p.expires_at > now() - make_interval(days => $2::int + 60)
         and (p.account_id is null or exists (
           select from email_proof q
           where q.account_id = p.account_id and q.email = p.email and (q.consumed_at, q.id) < (p.consumed_at, p.id)))
         and ${unreferencedProofSql}
       limit $1::int))
     returning 1
   )
   select count(*)::int as swept from gone`,
);
