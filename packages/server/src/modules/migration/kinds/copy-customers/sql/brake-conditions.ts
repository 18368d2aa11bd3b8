import type { Brake } from "../../../kind.ts";

/** Which applied items of `i` each brake counts. A set-aside person is a failure and nothing else. */
export const brakeConditions: Record<Brake, string> = {
  LOSSES: `i.effect = 'LINK' and i.type_after = 'BOTH'`,
  // The same portal-only account found again is no merge: a second copy of the same people does just that.
  MERGES: `i.effect = 'LINK' and i.source_type = 'PORTAL_ONLY' and i.type_after = 'ATLASSIAN_ACCOUNT'`,
  NEW_SEATS: `i.effect = 'LINK' and i.source_type = 'ATLASSIAN_ACCOUNT' and i.destination_state in ('NOTHING', 'PORTAL_ONLY')`,
  FAILURES: `i.problem = 'COULD_NOT_BE_WRITTEN'`,
  DUPLICATES: `i.problem = 'DUPLICATE_ACCOUNTS_ON_DESTINATION'`,
};
