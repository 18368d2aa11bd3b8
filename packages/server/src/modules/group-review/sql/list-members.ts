import { statement } from "../../../platform/database/statement.ts";

/** A member; the email is the key of the list's order. */
export interface MemberRow {
  accountId: string;
  email: string;
  approved: boolean;
}

/** $1 group, $2 only pending, $3 email pattern, $4 name query; the last two as parseDirectorySearch gives them. */
export const memberFilterSql = `
  m.group_id = $1 and (not $2::boolean or not m.approved)
  and ($3::text is null or a.email like $3::text
    or ($4::text is not null and to_tsvector('simple', a.name) @@ to_tsquery('simple', $4::text)))`;

// $5: email of the last row seen; emails are unique. $6: page size plus one.
export const listMembersStatement = statement<MemberRow>(
  "groupReview.listMembers",
  `select a.id as "accountId", a.email, m.approved
   from user_group_member m join account a on a.id = m.account_id
   where ${memberFilterSql} and ($5::text is null or a.email > $5::text)
   order by a.email
   limit $6`,
);
