import { statement } from "../../../platform/database/statement.ts";

/** A member; the email is the key of the list's order. */
export interface MemberRow {
  accountId: string;
  email: string;
  approved: boolean;
}

// $1 group, $2 only pending, $3 email of the last row seen (emails are unique), $4 page size plus one.
export const listMembersStatement = statement<MemberRow>(
  "groupReview.listMembers",
  `select a.id as "accountId", a.email, m.approved
   from user_group_member m join account a on a.id = m.account_id
   where m.group_id = $1 and (not $2::boolean or not m.approved) and ($3::text is null or a.email > $3::text)
   order by a.email
   limit $4`,
);
