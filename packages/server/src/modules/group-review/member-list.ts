import type { RequestContext } from "../../platform/graphql/context.ts";
import { parseDirectorySearch } from "../directory/index.ts";
import type { Actor } from "../sign-in/index.ts";
import { loadMemberCounts } from "./group-review.loaders.ts";
import { countMatchingMembersStatement } from "./sql/count-matching-members.ts";
import { listMembersStatement, type MemberRow } from "./sql/list-members.ts";
import { searchMembersStatement } from "./sql/search-members.ts";

/** Which members of a group. */
export interface MemberQuery {
  groupId: string;
  /** Text of a search box; null or blank for everybody. */
  search: string | null;
  pendingOnly: boolean;
}

/** The next `limit` members in the order of emails, after the email of the last one seen. */
export async function listMembers(
  context: RequestContext<Actor>,
  { groupId, search, pendingOnly }: MemberQuery,
  afterEmail: string | number | null,
  limit: number,
): Promise<MemberRow[]> {
  const asked = parseDirectorySearch(search);
  return asked === null
    ? listMembersStatement.run(context.em, [groupId, pendingOnly, afterEmail, limit])
    : searchMembersStatement.run(context.em, [
        groupId,
        pendingOnly,
        asked.emailPattern,
        asked.nameQuery,
        afterEmail,
        limit,
      ]);
}

/** How many members match, exactly. */
export async function countMembers(
  context: RequestContext<Actor>,
  { groupId, search, pendingOnly }: MemberQuery,
): Promise<number> {
  const asked = parseDirectorySearch(search);
  if (asked === null) {
    const { members, pending } = await loadMemberCounts(context, groupId);
    return pendingOnly ? pending : members;
  }
  const [row] = await countMatchingMembersStatement.run(context.em, [
    groupId,
    pendingOnly,
    asked.emailPattern,
    asked.nameQuery,
  ]);
  return row?.count ?? 0;
}
