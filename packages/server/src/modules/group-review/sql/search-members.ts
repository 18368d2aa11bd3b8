import { statement } from "../../../platform/database/statement.ts";
import type { MemberRow } from "./list-members.ts";

/**
 * CTE `matching` (id, email, approved): members that match a search. $1 group, $2 only pending, $3 email pattern,
 * $4 name query or null, as parseDirectorySearch gives them. Names are looked up by their words first: an `or` of
 * both conditions walks all accounts in email order when nothing matches (5 s over a million).
 */
export const matchingMembers = `
  named as materialized (
    select a.id, a.email from account a
    where $4::text is not null and to_tsvector('simple', a.name) @@ to_tsquery('simple', $4::text)
  ), matching as (
    select a.id, a.email, m.approved
    from user_group_member m join account a on a.id = m.account_id
    where m.group_id = $1 and (not $2::boolean or not m.approved) and a.email like $3::text
    union
    select n.id, n.email, m.approved
    from named n join user_group_member m on m.account_id = n.id
    where m.group_id = $1 and (not $2::boolean or not m.approved)
  )`;

// $5: email of the last row seen; emails are unique. $6: page size plus one.
export const searchMembersStatement = statement<MemberRow>(
  "groupReview.searchMembers",
  `with ${matchingMembers}
   select id as "accountId", email, approved from matching
   where $5::text is null or email > $5::text
   order by email
   limit $6`,
);
