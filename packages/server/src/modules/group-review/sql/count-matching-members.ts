import { statement } from "../../../platform/database/statement.ts";
import { matchingMembers } from "./search-members.ts";

// Parameters as in matchingMembers.
export const countMatchingMembersStatement = statement<{ count: number }>(
  "groupReview.countMatchingMembers",
  `with ${matchingMembers} select count(*)::int as count from matching`,
);
